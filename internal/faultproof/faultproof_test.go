package faultproof

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/report/fault"
)

// TestEveryExampleRaisesItsFault reads every archive and wants its fault at its
// place, nothing else that blocks but what the archive names, and of all that
// was found sentences that are finished.
func TestEveryExampleRaisesItsFault(t *testing.T) {
	for _, e := range examples(t) {
		t.Run(string(e.code), func(t *testing.T) {
			t.Parallel()
			found := e.raise(t)
			if !e.isAmong(found) {
				t.Errorf("not found at %q; found is:\n%s", e.head["at"], described(found))
			}
			for _, f := range found {
				if f.Severity.Blocks() && f.Code != e.code && !e.names(f.Code) {
					t.Errorf("found besides: %s", describe(f))
				}
				if err := unfinished(f); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestEveryCodeHasAnExample holds that the catalogue and the archives name the
// same codes: none without an input, and none that is gone.
func TestEveryCodeHasAnExample(t *testing.T) {
	shown := map[fault.Code]bool{}
	for _, e := range examples(t) {
		shown[e.code] = true
		if info, known := e.code.Info(); !known || info.Retired {
			t.Errorf("%s is no code in use", e.file)
		}
	}
	for _, info := range fault.All() {
		if !info.Retired && !shown[info.Code] {
			t.Errorf("%s %s: nothing shows that it is ever raised", info.Code, info.Name)
		}
	}
}

// raisers give an example to the code that reads such a thing in earnest.
var raisers = map[string]func(*testing.T, *example) fault.List{
	"document": raiseByDocument,
	"upload":   raiseByUpload,
	"marks":    raiseByMarks,
	"api":      raiseByRequests,
	"summary":  raiseInSummary,
	"sum":      raiseBySum,
}

func (e *example) raise(t *testing.T) fault.List {
	t.Helper()
	raise := raisers[e.head["reader"]]
	if raise == nil {
		t.Fatalf("there is no reader %q", e.head["reader"])
	}
	return raise(t, e)
}

// isAmong reports whether the example's fault is found at its place.
func (e *example) isAmong(found fault.List) bool {
	for _, f := range found {
		if f.Code == e.code && placeOf(f) == e.head["at"] {
			return true
		}
	}
	return false
}

// names reports whether the archive says that a code is found beside its own.
func (e *example) names(code fault.Code) bool {
	for _, also := range strings.Fields(e.head["also"]) {
		if fault.Code(also) == code {
			return true
		}
	}
	return false
}

// placeOf is the place of a fault as archives write it: without the name of the
// document where there is only one.
func placeOf(f fault.Fault) string {
	return strings.TrimPrefix(strings.TrimPrefix(f.Place(), mainDocument), ":")
}

// unfinished says what is wrong with the words of a fault: an argument that is
// lacking or not known, or a piece of the template that is left.
func unfinished(f fault.Fault) error {
	if err := f.Check(); err != nil {
		return err
	}
	info, _ := f.Code.Info()
	given := info.VI + info.EN + info.FixVI + info.FixEN
	for _, a := range f.Args {
		given += a.Value + a.EN
	}
	for _, words := range []string{f.VI(), f.EN(), f.FixVI(), f.FixEN()} {
		for _, left := range []string{"“?”", " ?", "? ", "(?", "{", "[[", "]]"} {
			if strings.Contains(words, left) && !strings.Contains(strings.NewReplacer("{", "", "[[", "", "]]", "").Replace(given), left) {
				return fmt.Errorf("%s: %q is left in %q", f.Code, left, words)
			}
		}
	}
	return nil
}

func described(l fault.List) string {
	var b strings.Builder
	for _, f := range l {
		b.WriteString(describe(f) + "\n")
	}
	return b.String()
}

func describe(f fault.Fault) string {
	return fmt.Sprintf("%s %s at %q: %s", f.Severity, f.Code, placeOf(f), f.VI())
}
