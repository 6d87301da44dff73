package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/report/fault"
)

// maxLines is how much of an input the page shows; the file has the rest.
const maxLines = 30

// Examples reads the input that raises each fault: the archive of its name in
// dir without the words above it. A code without a file has none; a test of its
// own holds that there are none such.
func Examples(dir string, infos []fault.Info) (map[fault.Code]string, error) {
	out := map[fault.Code]string{}
	for _, in := range infos {
		archive, err := txtar.ParseFile(filepath.Join(dir, string(in.Code)+".txtar"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("example of %s: %w", in.Code, err)
		}
		out[in.Code] = string(txtar.Format(&txtar.Archive{Files: archive.Files}))
	}
	return out, nil
}

// writeExample shows the input that raises a fault.
func writeExample(b *bytes.Buffer, code fault.Code, input string) {
	if input == "" {
		return
	}
	fmt.Fprintf(b, "\nVí dụ · example: [%s.txtar](../testdata/faults/%s.txtar)\n", code, code)
	lines := strings.SplitAfter(strings.TrimRight(input, "\n")+"\n", "\n")
	lines = lines[:len(lines)-1]
	if len(lines) > maxLines {
		lines = append(lines[:maxLines], "…\n")
	}
	fmt.Fprintf(b, "\n```text\n%s```\n", strings.Join(lines, ""))
}
