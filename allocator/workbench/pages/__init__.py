"""The pages of the workbench: each makes what its template shows from a scenario."""
