package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

func (p *program) apply() *cobra.Command {
	return &cobra.Command{
		Use:   "apply FILE…",
		Short: "Đưa biểu mẫu, danh mục, yêu cầu vào (definitions, registers, requests)",
		Long: `apply reads definition, register and request files (YAML or JSON) and makes them known:
definitions and registers first, then the requests that use them, whatever the order given.
A folder stands for the .yaml, .yml and .json files in it. Every mistake is shown at once with its line
and column; nothing is applied while one is left. Applying the same again changes nothing.`,
		Example: `  tonghop apply examples/registers/hai-duong.yaml examples/ngay-ctxh-2021
  tonghop apply --server http://127.0.0.1:8080 yeu-cau.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			docs, err := readDocuments(args)
			if err != nil {
				return err
			}
			return p.withNewClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.applyAll(ctx, cl, docs)
			})
		},
	}
}

// document is one document of a file, ready to be sent.
type document struct {
	file string
	doc  spec.Document
}

// applyAll sends all documents in one piece, so that all are checked before the
// first is recorded.
func (p *program) applyAll(ctx context.Context, cl *client.Client, docs []document) error {
	pieces, err := piecesOf(docs)
	if err != nil {
		return err
	}
	var done []api.Applied
	for _, piece := range pieces {
		applied, err := cl.Apply(ctx, "documents", "documents.yaml", piece)
		if err != nil {
			return inFiles(err, docs)
		}
		done = append(done, applied...)
	}
	for _, a := range done {
		nameFiles(a.Findings, docs)
	}
	if p.json {
		return p.printJSON(api.AppliedList{Applied: done})
	}
	for _, a := range done {
		p.say("%s", appliedWords(a))
		printFindings(p.out, a.Findings)
	}
	return nil
}

// piecesOf makes one body of all documents, or where that would be larger than
// the server takes, one of each, in the order in which they need one another.
func piecesOf(docs []document) ([][]byte, error) {
	order := []report.EventKind{report.KindDefinition, report.KindRegister, report.KindRequest}
	var each [][]byte
	for _, kind := range order {
		for _, d := range docs {
			if d.doc.Kind != kind {
				continue
			}
			b, err := d.doc.JSON()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", d.file, err)
			}
			each = append(each, append([]byte("---\n"), append(b, '\n')...))
		}
	}
	if all := bytes.Join(each, nil); len(all) <= spec.MaxBytes && len(each) <= spec.MaxDocs {
		return [][]byte{all}, nil
	}
	return each, nil
}

// inFiles puts the files of the documents where a refusal names them.
func inFiles(err error, docs []document) error {
	if problem := client.IsProblem(err); problem != nil {
		nameFiles(problem.Findings, docs)
	}
	return err
}

// nameFiles puts the file of a document where a finding names it by kind and code,
// or not at all where there is only one.
func nameFiles(findings []fault.Fault, docs []document) {
	for i := range findings {
		for _, d := range docs {
			if code, _ := d.doc.Code(); findings[i].File == api.DocumentName(d.doc.Kind, code) || len(docs) == 1 {
				findings[i].File = d.file
				break
			}
		}
	}
}

func appliedWords(a api.Applied) string {
	kind := kindWords(a.Kind)
	if !a.Changed {
		return fmt.Sprintf("%s %s: không thay đổi (bản %s)", kind, a.Code, a.Version)
	}
	return fmt.Sprintf("%s %s: đã ghi nhận bản %s", kind, a.Code, a.Version)
}

// readDocuments reads the documents of files and folders, with all mistakes at
// once.
func readDocuments(paths []string) ([]document, error) {
	files, err := documentFiles(paths)
	if err != nil {
		return nil, err
	}
	var docs []document
	var faults fault.List
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, bad := spec.Parse(file, b, os.DirFS(filepath.Dir(file)))
		faults = append(faults, bad...)
		for _, d := range found {
			docs = append(docs, document{file: file, doc: d})
		}
	}
	if faults.Blocks() {
		return nil, faults
	}
	return docs, nil
}

// documentFiles puts the files of a folder in its place, sorted by name.
func documentFiles(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		info, err := stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, err
		}
		n := len(files)
		for _, e := range entries {
			if isDocument(e) {
				files = append(files, filepath.Join(path, e.Name()))
			}
		}
		if len(files) == n {
			return nil, inputError{fmt.Errorf("thư mục %s không có tệp .yaml, .yml hay .json nào", path)}
		}
	}
	return files, nil
}

func isDocument(e fs.DirEntry) bool {
	if e.IsDir() || strings.HasSuffix(e.Name(), ".schema.json") {
		return false
	}
	switch filepath.Ext(e.Name()) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}
