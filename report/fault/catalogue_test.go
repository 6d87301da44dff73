package fault

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var update = flag.Bool("update", false, "add new codes to testdata/codes.txt")

// TestCodesAreForEver keeps law 7: a code that was ever in the catalogue is still there,
// under the same name. The list is only ever added to, also by -update.
func TestCodesAreForEver(t *testing.T) {
	const name = "testdata/codes.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	given := strings.Fields(strings.ReplaceAll(string(data), " ", "="))
	for _, line := range given {
		code, constant, _ := strings.Cut(line, "=")
		if info, ok := Code(code).Info(); !ok || info.Name != constant {
			t.Errorf("%s %s was given out once and is now %q: retire a code, never remove or reuse it", code, constant, info.Name)
		}
	}
	for _, info := range All() {
		line := string(info.Code) + "=" + info.Name
		if slices.Contains(given, line) {
			continue
		}
		if !*update {
			t.Errorf("%s is new: run with -update to enter it in %s", line, name)
		}
		given = append(given, line)
	}
	if *update && !t.Failed() {
		slices.Sort(given)
		text := strings.ReplaceAll(strings.Join(given, "\n"), "=", " ") + "\n"
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCatalogueIsSorted(t *testing.T) {
	if !slices.IsSortedFunc(All(), func(a, b Info) int { return strings.Compare(string(a.Code), string(b.Code)) }) {
		t.Error("the table is not in the order of codes, which Code.Info searches by")
	}
}

var codeForm = regexp.MustCompile(`^(F0|M1|S2|V3|R4|N5|D6|W7|A8|X9)\d\d$`)

// TestEveryEntryIsWhole looks at what a reader needs of each entry.
func TestEveryEntryIsWhole(t *testing.T) {
	for _, info := range All() {
		t.Run(string(info.Code), func(t *testing.T) {
			if !codeForm.MatchString(string(info.Code)) {
				t.Errorf("code %s has not the form of an area and its digits", info.Code)
			}
			for name, text := range map[string]string{"vi": info.VI, "en": info.EN, "fixVI": info.FixVI, "fixEN": info.FixEN} {
				checkText(t, name, text)
			}
			checkParams(t, info)
			checkReplacement(t, info)
		})
	}
}

func checkText(t *testing.T, name, text string) {
	t.Helper()
	if text == "" {
		t.Fatalf("%s is empty", name)
	}
	if !norm.NFC.IsNormalString(text) {
		t.Errorf("%s is not NFC", name)
	}
	if strings.Count(text, "[[") != strings.Count(text, "]]") || strings.Count(text, "{") != strings.Count(text, "}") {
		t.Errorf("%s: brackets do not close", name)
	}
	if strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
		t.Errorf("%s: stray spaces", name)
	}
	if strings.HasPrefix(name, "fix") && !strings.HasSuffix(text, ".") {
		t.Errorf("%s is no sentence", name)
	}
	if strings.Contains(strings.ToLower(text), "không hợp lệ") || strings.Contains(text, "invalid") {
		t.Errorf("%s says that something is invalid instead of why", name)
	}
}

// checkParams wants every placeholder declared, every parameter used, in Vietnamese and
// in English, and an example for each.
func checkParams(t *testing.T, info Info) {
	t.Helper()
	declared := make([]string, len(info.Params))
	for i, p := range info.Params {
		declared[i] = p.Name
	}
	inVI := append(placeholders(info.VI), placeholders(info.FixVI)...)
	inEN := append(placeholders(info.EN), placeholders(info.FixEN)...)
	for _, name := range append(inVI, inEN...) {
		if !slices.Contains(declared, name) {
			t.Errorf("{%s} is not declared", name)
		}
	}
	for _, name := range declared {
		if !slices.Contains(append(inVI, inEN...), name) {
			t.Errorf("parameter %s is never said", name)
		}
		if name != "vi" && name != "en" && slices.Contains(inVI, name) != slices.Contains(inEN, name) {
			t.Errorf("{%s} is said in one language only", name)
		}
	}
	examples := make([]string, len(info.Example))
	for i, a := range info.Example {
		examples[i] = a.Name
	}
	slices.Sort(declared)
	if !slices.Equal(declared, examples) {
		t.Errorf("the example gives %v, parameters are %v", examples, declared)
	}
	if err := info.Sample().Check(); err != nil && !info.Retired {
		t.Error(err)
	}
}

func checkReplacement(t *testing.T, info Info) {
	t.Helper()
	if info.ReplacedBy == "" {
		return
	}
	if next, ok := info.ReplacedBy.Info(); !ok || next.Retired || !info.Retired {
		t.Errorf("replaced by %s, which must be in use, while this one is retired", info.ReplacedBy)
	}
}

// TestEveryExampleReads wants finished sentences: no argument unsaid, nothing of the
// template left.
func TestEveryExampleReads(t *testing.T) {
	for _, info := range All() {
		say := info.Words(info.Example...)
		for _, text := range []string{say.VI, say.EN, say.FixVI, say.FixEN} {
			for _, left := range []string{"{", "[[", "]]", "“?”"} {
				if strings.Contains(text, left) && !strings.Contains(info.FixVI+info.FixEN+exampleText(info), left) {
					t.Errorf("%s: %q is left in %q", info.Code, left, text)
				}
			}
			if !strings.ContainsAny(text[len(text)-1:], ".?") && !strings.HasSuffix(text, ")") {
				t.Errorf("%s: %q does not end as a sentence", info.Code, text)
			}
		}
	}
}

func exampleText(info Info) string {
	var out strings.Builder
	for _, a := range info.Example {
		out.WriteString(a.Value + a.EN)
	}
	return out.String()
}
