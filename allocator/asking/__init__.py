"""From what was typed to the nouns: for the command line, the workbench and the library alike."""
