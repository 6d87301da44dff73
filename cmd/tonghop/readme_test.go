package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// projectRoot is the project's folder.
const projectRoot = "../.."

// documents are the project's pages for people, by path, with their text.
func documents(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(projectRoot, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		b, err := os.ReadFile(path)
		out[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out[filepath.Join(projectRoot, "README.md")]) == 0 {
		t.Fatal("the README was not found")
	}
	return out
}

// inDocuments matches a command line of ours in a page: in code within a line, or a
// line of code by itself.
var inDocuments = regexp.MustCompile("(?m)(?:`|^ {3,}|^)(?:\\./|go run \\./cmd/)?tonghop ([a-zA-Z][^`\\n]*)")

// inHelp matches a command line of ours among the examples of a help text.
var inHelp = regexp.MustCompile(`(?m)^ +tonghop (.+)$`)

// TestDocumentedCommands: every command line in the documents and in the help
// texts is one that the program takes.
func TestDocumentedCommands(t *testing.T) {
	n := 0
	for path, text := range documents(t) {
		for _, m := range inDocuments.FindAllStringSubmatch(code(text), -1) {
			n++
			try(t, path, m[1])
		}
	}
	if n < 15 {
		t.Errorf("only %d command lines found in the documents", n)
	}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		lines := inHelp.FindAllStringSubmatch(c.Example, -1)
		if len(lines) == 0 && c.Runnable() && c.HasParent() && c.Name() != "help" {
			t.Errorf("%s: help without an example", c.CommandPath())
		}
		for _, m := range lines {
			try(t, c.CommandPath()+" --help", m[1])
		}
		for _, below := range c.Commands() {
			walk(below)
		}
	}
	walk((&program{}).root())
}

// code blanks out what is not code: prose speaks of tonghop, too.
func code(text string) string {
	var out strings.Builder
	fenced := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "```"):
			fenced = !fenced
		case fenced || strings.HasPrefix(line, "    "):
			out.WriteString(line)
		default:
			for i, part := range strings.Split(line, "`") {
				if i%2 == 1 {
					out.WriteString("`" + part + "`\n")
				}
			}
		}
	}
	return out.String()
}

// try parses a command line, placeholders and all, without running it.
func try(t *testing.T, where, line string) {
	t.Helper()
	root := (&program{}).root()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	args := words(strings.NewReplacer("COMMAND", "status").Replace(line))
	c, rest, err := root.Find(args)
	if err == nil {
		c.InitDefaultHelpFlag()
		err = c.ParseFlags(rest)
	}
	if err == nil && len(rest) > 0 && !c.Flags().Changed("help") { // a command's name alone is a mention
		err = c.ValidateArgs(c.Flags().Args())
	}
	if err != nil {
		t.Errorf("%s: tonghop %s: %v", where, line, err)
	}
}

// words splits a line as a shell would, up to a comment, a pipe or the like.
func words(line string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?:"[^"]*"|'[^']*'|[^\s"'])+`).FindAllString(line, -1) {
		if strings.ContainsAny(m[:1], "#&|>;") {
			break
		}
		out = append(out, strings.NewReplacer(`"`, "", "'", "").Replace(m))
	}
	return out
}

// linked matches a link to a file of the project.
var linked = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)

// TestDocumentedFiles: what the documents point at is there.
func TestDocumentedFiles(t *testing.T) {
	n := 0
	for path, text := range documents(t) {
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			n++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s points at %s: %v", path, m[1], err)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d links found in the documents", n)
	}
}
