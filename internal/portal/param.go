package portal

import (
	"net/url"
	"slices"
	"strings"

	"tonghop/report/fault"
)

// checkParams refuses a parameter that the route does not declare. Passed over
// in silence, a misspelt "official" would give provisional figures as if they
// were what was asked for.
func (c *call) checkParams(route *route) error {
	given, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil { // net/url would leave out what it cannot read
		return unknownParameter(c.r.URL.RawQuery, names(route.params))
	}
	known := names(route.params)
	var faults fault.List
	for name := range given {
		if !slices.Contains(known, name) {
			faults = append(faults, unknownParameter(name, known))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortFunc(faults, func(a, b fault.Fault) int { return strings.Compare(a.EN(), b.EN()) })
	return faults
}

// unknownParameter says which parameters there are instead of the one given.
func unknownParameter(name string, known []string) fault.Fault {
	f := fault.New(fault.ParameterUnknown, fault.A("name", clip(name)))
	if len(known) > 0 {
		f = f.With(fault.A("choices", strings.Join(known, ", ")))
	}
	return f
}

func names(params []param) (out []string) {
	for _, p := range params {
		out = append(out, p.name)
	}
	return out
}
