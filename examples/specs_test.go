package examples_test

import (
	"io/fs"
	"path"
	"testing"

	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/internal/spec"
)

// TestDocumentsAreSound reads every definition, register and request: there is
// nothing to say about any of them, alone or together.
func TestDocumentsAreSound(t *testing.T) {
	err := fs.WalkDir(examples.FS, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" || path.Dir(name) == "kich-ban" || path.Base(path.Dir(name)) == "du-thao" {
			return err
		}
		t.Run(name, func(t *testing.T) {
			docs, faults, err := paper.Documents(examples.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				t.Errorf("%d:%d %s %s", f.Line, f.Column, f.Code, f.VI())
			}
			for _, d := range docs {
				if d.Request != nil {
					soundTogether(t, name)
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDraftsAreSound reads the drafts beside the forms that they are of.
func TestDraftsAreSound(t *testing.T) {
	names, err := fs.Glob(examples.FS, "*/du-thao/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no drafts: %v", err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			docs, _, err := paper.Documents(examples.FS, path.Join(path.Dir(path.Dir(name)), "definition.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			b, err := fs.ReadFile(examples.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			if _, faults := spec.ParseDraft(name, b, docs[0].Definition); len(faults) > 0 {
				t.Error(faults)
			}
		})
	}
}

// soundTogether holds a request against its definition and register.
func soundTogether(t *testing.T, name string) {
	t.Helper()
	form, err := paper.ReadForm(examples.FS, name, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range spec.ValidateRequest(form.Request, form.Definition, form.Register) {
		t.Errorf("%s %s", f.Code, f.VI())
	}
}

// TestStory reads the scenario of the demonstration.
func TestStory(t *testing.T) {
	story, err := examples.Scenario()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(story.Steps); n != 20 {
		t.Errorf("the story has %d steps, want the twenty lines it promises", n)
	}
	for i := range story.Steps {
		if s := &story.Steps[i]; s.Tell.EN == "" {
			t.Errorf("step %d is not told in English", i+1)
		}
	}
}
