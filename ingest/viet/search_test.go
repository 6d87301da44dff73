package viet

import (
	"testing"

	"tonghop/report/country"
	"tonghop/report/search"
)

// TestPlainNamesAreFound: every unit of the country is found by its name as [Plain] has it, and
// by its key: figures are searched by words that fold as those of reading do.
func TestPlainNamesAreFound(t *testing.T) {
	for _, u := range country.Units() {
		name := search.NameOf(u.Name)
		for _, words := range []string{Plain(u.Name), Key(u.Name), u.Name} {
			if !search.Parse(words).In(name) {
				t.Errorf("%q does not find %q", words, u.Name)
			}
		}
	}
}
