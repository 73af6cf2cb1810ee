"""The workbench: a province tries its keys in the browser, on its own machine."""
