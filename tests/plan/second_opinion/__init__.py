"""Plans by a plain model and another solver, CBC, beside those of the program by HiGHS."""
