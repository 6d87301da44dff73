// Make writes the workbooks and forms of the examples anew from the tables
// beside them. It is run by go generate in the folder examples.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"tonghop/examples/internal/paper"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "make examples:", err)
		os.Exit(1)
	}
}

// run writes every file below dir, the folder examples.
func run(dir string) error {
	for _, p := range paper.Pieces() {
		b, err := p.Make(os.DirFS(dir))
		if err != nil {
			return err
		}
		name := filepath.Join(dir, filepath.FromSlash(p.Path()))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
