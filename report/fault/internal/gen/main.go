// Command gen writes report/fault/catalogue_gen.go and docs/faults.md from faults.yaml.
// It is run by go generate in report/fault; the catalogue itself knows nothing of YAML.
package main

import (
	"fmt"
	"os"
)

// Paths as seen from report/fault, where go generate runs this.
const (
	sourcePath = "faults.yaml"
	codePath   = "catalogue_gen.go"
	docsPath   = "../../docs/faults.md"
	inputsPath = "../../testdata/faults"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	source, err := os.ReadFile(sourcePath)
	if err != nil {
		return err
	}
	infos, err := Parse(source)
	if err != nil {
		return fmt.Errorf("%s: %w", sourcePath, err)
	}
	code, err := Code(infos)
	if err != nil {
		return err
	}
	if err := os.WriteFile(codePath, code, 0o644); err != nil {
		return err
	}
	examples, err := Examples(inputsPath, infos)
	if err != nil {
		return err
	}
	return os.WriteFile(docsPath, Docs(infos, examples), 0o644)
}
