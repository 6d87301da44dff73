package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMain lets the test binary be the process of a case, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == childMark {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestEveryQuestion answers all questions at a size at which nothing is measured,
// to prove that they can be asked: every case runs, and every peer that is there
// gives the figures that we give, or the run fails.
func TestEveryQuestion(t *testing.T) {
	if _, err := os.Stat(filepath.Join("..", "..", "shared", "bench")); err != nil {
		t.Skip("../shared/bench is not there: no workbooks and no peers")
	}
	dir := t.TempDir()
	ours := bench{only: "b,c,d,e,f", files: 20, rows: 100, facts: 800, dir: dir}
	beside := bench{only: "a,e,f,g,h", files: 20, rows: 60, peers: true, dir: dir} // here peers must agree
	var out bytes.Buffer
	for _, b := range []*bench{&ours, &beside} {
		if err := b.run(&out, ""); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
	}
	for _, want := range []string{"(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", us + ", durable"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
	for _, r := range slices.Concat(ours.results, beside.results) {
		if r.Absent == "" && (r.Units == 0 || r.Wall <= 0 || r.Peak <= 0) {
			t.Errorf("nothing was measured: %+v", r)
		}
	}
}

func TestTimesOurs(t *testing.T) {
	at := func(who, name string, units int, wall float64) result {
		return result{Case: name, Who: who, reading: reading{Units: units, Wall: wall}}
	}
	before := []result{at(us+", small", "small", 10, 1), at(us, "large", 100, 5), at(us+", another way", "large", 100, 50)}
	for _, test := range []struct {
		name string
		r    result
		want string
	}{
		{"of the same case, the first of ours", at("pandas", "large", 100, 40), "8.0"},
		{"by the unit of work, not by the whole", at("pandas", "large", 50, 40), "16.0"},
		{"ours is not held against ours", at(us+", another way", "large", 100, 50), ""},
		{"a case without ours", at("pandas", "huge", 100, 40), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := timesOurs(before, test.r); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestFingerprint is what sha256sum says of the same bytes, as the peers' script
// asks it.
func TestFingerprint(t *testing.T) {
	if got, want := fingerprint([]byte("a\n")), "87428fc52280"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
