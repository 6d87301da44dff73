package spec_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tonghop/internal/spec"
	"tonghop/report"
)

const formats = "../../docs/formats"

func TestFileSchemasAreKept(t *testing.T) {
	for _, kind := range []report.EventKind{report.KindDefinition, report.KindRegister, report.KindRequest} {
		t.Run(string(kind), func(t *testing.T) {
			b := spec.FileSchema(kind)
			if !json.Valid(b) {
				t.Fatal("not JSON")
			}
			golden(t, filepath.Join(formats, string(kind)+".schema.json"), string(b))
		})
	}
}

func TestFormSchema(t *testing.T) {
	docs, _ := read(t, "testdata/good/definition.yaml")
	golden(t, "testdata/form.schema.json", string(spec.Schema(docs[0].Definition)))
}

var fence = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestExamplesOfTheManual holds that every YAML example of the pages on files is
// read without a finding.
func TestExamplesOfTheManual(t *testing.T) {
	for _, page := range []string{"definition.md", "register.md", "request.md"} {
		t.Run(page, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(formats, page))
			if err != nil {
				t.Fatal(err)
			}
			examples := fence.FindAllStringSubmatch(string(b), -1)
			if len(examples) == 0 {
				t.Fatal("no example")
			}
			for _, e := range examples {
				if _, faults := spec.Parse(page, []byte(e[1]), os.DirFS("testdata/good")); len(faults) > 0 {
					t.Errorf("%s\n%v", e[1], faults)
				}
			}
		})
	}
}

// TestEveryFieldIsDescribed holds that the pages name every field a file may
// have.
func TestEveryFieldIsDescribed(t *testing.T) {
	for kind, page := range map[report.EventKind]string{
		report.KindDefinition: "definition.md", report.KindRegister: "register.md", report.KindRequest: "request.md",
	} {
		t.Run(page, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(formats, page))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range propertyNames(t, spec.FileSchema(kind)) {
				if !strings.Contains(string(b), "`"+name+"`") {
					t.Errorf("the field %s is not described", name)
				}
			}
		})
	}
}

// propertyNames gives the names of all properties in a schema.
func propertyNames(t *testing.T, schema []byte) []string {
	t.Helper()
	var root any
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(any)
	walk = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			if p, ok := x["properties"].(map[string]any); ok {
				for name := range p {
					names = append(names, name)
				}
			}
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(root)
	return names
}
