package fault

// Parameter says that a parameter is not what was expected, in both languages:
// that it is missing where nothing was got, and otherwise what was got instead.
func Parameter(name, got, vi, en string) Fault {
	if got == "" {
		return New(ParameterMissing, A("name", name), Both("expected", vi, en))
	}
	return New(ParameterWrong, A("name", name), A("got", got), Both("expected", vi, en))
}
