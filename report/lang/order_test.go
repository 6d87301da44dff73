package lang_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report/lang"
)

func anyNumber(string) (lang.Type, bool) { return lang.Number, true }

func compileAll(t interface{ Fatal(...any) }, sources map[string]string) map[string]*lang.Program {
	out := make(map[string]*lang.Program)
	for code, source := range sources {
		p, err := lang.Compile(source, anyNumber)
		if err != nil {
			t.Fatal(err)
		}
		out[code] = p
	}
	return out
}

func TestOrder(t *testing.T) {
	for _, tt := range []struct {
		name    string
		sources map[string]string
		want    []string
		cycle   []string
	}{
		{"nothing", nil, nil, nil},
		{"by code", map[string]string{"b": "[x]", "a": "[x]"}, []string{"a", "b"}, nil},
		{"what is needed first", map[string]string{"a": "[b] + [c]", "b": "[c]", "c": "[x]"}, []string{"c", "b", "a"}, nil},
		{"the last period is there already", map[string]string{"a": "prev([b])", "b": "[a]"}, []string{"a", "b"}, nil},
		{"its own last value", map[string]string{"a": "prev([a]) + 1"}, []string{"a"}, nil},
		{"itself", map[string]string{"a": "[a] + 1"}, nil, []string{"a", "a"}},
		{"a circle of three behind a tail", map[string]string{"a": "[b]", "b": "[c]", "c": "[d]", "d": "[b]"}, nil, []string{"b", "c", "d", "b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := lang.Order(compileAll(t, tt.sources))
			var cycle *lang.CycleError
			if errors.As(err, &cycle) {
				got = cycle.Path
			}
			want := tt.want
			if tt.cycle != nil {
				want = tt.cycle
			}
			if (cycle != nil) != (tt.cycle != nil) || !slices.Equal(got, want) {
				t.Errorf("got %v, %v; want %v", got, err, want)
			}
		})
	}
}

// Without a circle every indicator comes once and after what it needs.
func TestOrderProperty(t *testing.T) {
	codes := []string{"a", "b", "c", "d", "e", "f"}
	rapid.Check(t, func(t *rapid.T) {
		rank := rapid.Permutation(codes).Draw(t, "rank")
		sources := make(map[string]string)
		for i, code := range rank {
			source := "[x]"
			for _, lower := range rank[:i] {
				if rapid.Bool().Draw(t, code+lower) {
					source += " + [" + lower + "]"
				}
			}
			sources[code] = source
		}
		programs := compileAll(t, sources)
		got, err := lang.Order(programs)
		if err != nil {
			t.Fatal(err)
		}
		if want := slices.Sorted(maps.Keys(sources)); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
			t.Fatalf("got %v, want each of %v once", got, want)
		}
		for i, code := range got {
			for _, name := range programs[code].Names() {
				if name != "x" && !slices.Contains(got[:i], name) {
					t.Fatalf("%v: %s stands before %s, which it needs", got, code, name)
				}
			}
		}
	})
}
