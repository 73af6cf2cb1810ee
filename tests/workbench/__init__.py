"""The workbench: addresses, pages and what keeps them safe."""
