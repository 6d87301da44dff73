package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check tells whether f can say its sentence: its code is known and in use, every
// argument the words cannot do without is given, and none is given that they do not know.
// It is meant for tests of those who raise faults; the words themselves never fail.
func (f Fault) Check() error {
	info, ok := f.Code.Info()
	if !ok {
		return fmt.Errorf("fault %q is not in the catalogue", f.Code)
	}
	var errs []error
	if info.Retired {
		errs = append(errs, errors.New("it is retired"))
	}
	for _, a := range f.Args {
		if !slices.ContainsFunc(info.Params, func(p Param) bool { return p.Name == a.Name }) {
			errs = append(errs, fmt.Errorf("argument %q is not declared", a.Name))
		}
	}
	for _, name := range info.Required() {
		if value, _ := f.Arg(name); value == "" {
			errs = append(errs, fmt.Errorf("argument %q is missing", name))
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("fault %s %s: %w", f.Code, info.Name, errors.Join(errs...))
}

// Check joins what is wrong with each fault of the list.
func (l List) Check() error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f.Check()
	}
	return errors.Join(errs...)
}

// Required returns the arguments that stand outside double brackets in any of the texts,
// in the order of Params.
func (in Info) Required() []string {
	var bare []string
	for _, template := range []string{in.VI, in.EN, in.FixVI, in.FixEN} {
		for template != "" {
			before, rest, _ := strings.Cut(template, "[[")
			bare = append(bare, placeholders(before)...)
			_, template, _ = strings.Cut(rest, "]]")
		}
	}
	var out []string
	for _, p := range in.Params {
		if slices.Contains(bare, p.Name) {
			out = append(out, p.Name)
		}
	}
	return out
}
