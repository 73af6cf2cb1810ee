"""From files to the nouns; every problem of a file is found and told in one go."""
