package ingest

import (
	"os"
	"path/filepath"
	"testing"

	"tonghop/internal/spec"
)

// example gives definition, request and register of the Hải Dương letter.
func example(t testing.TB) Env {
	t.Helper()
	dir := os.DirFS("../examples/registers")
	var env Env
	for _, name := range []string{"ngay-ctxh-2021/definition.yaml", "ngay-ctxh-2021/request.yaml", "registers/hai-duong.yaml"} {
		body, err := os.ReadFile(filepath.Join("../examples", name))
		if err != nil {
			t.Fatal(err)
		}
		docs, faults := spec.Parse(name, body, dir)
		if faults.Blocks() {
			t.Fatal(faults)
		}
		for _, d := range docs {
			switch {
			case d.Definition != nil:
				env.Definition = d.Definition
			case d.Register != nil:
				env.Register = d.Register.Index()
			case d.Request != nil:
				env.Request = d.Request
			}
		}
	}
	env.Agency = "syt"
	return env
}

// templateOf draws the template of the example with figures filled in.
func templateOf(t testing.TB, env Env, opts TemplateOptions) []byte {
	t.Helper()
	body, err := Template(env.Definition, env.Request, env.Register, env.Agency, opts)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
