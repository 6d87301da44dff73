package paper

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"tonghop/internal/spec"
	"tonghop/report/fault"
)

// Piece is a file that an agency sends, and how it came about.
type Piece struct {
	Folder string // of the example
	Agency string
	Table  string // what it is made from, beside it; "" for a report of nothing
	File   string // from the example's folder
	OnForm bool   // filled in on the form as it was drawn at the time
	make   func(f *Form, t *Table) ([]byte, error)

	Request string // file of the request, from the example's folder
}

// Path is where the file lies among the examples.
func (p *Piece) Path() string { return path.Join(p.Folder, p.File) }

// TablePath is where the table lies among the examples; "" without one.
func (p *Piece) TablePath() string {
	if p.Table == "" {
		return ""
	}
	return path.Join(p.Folder, p.Table)
}

// Pieces are all files that the agencies of the examples send.
func Pieces() []Piece { return append(haiDuong(), laoCai()...) }

// haiDuong are the files of ngay-ctxh-2021.
func haiDuong() []Piece {
	filled := (*Form).filled
	own := func(draw func(*Table, time.Time) ([]byte, error), day int) func(*Form, *Table) ([]byte, error) {
		return func(_ *Form, t *Table) ([]byte, error) { return draw(t, march(day)) }
	}
	var out []Piece
	add := func(agency, name, ext string, make func(*Form, *Table) ([]byte, error)) {
		table := "nop/" + agency + "/" + name + ".csv"
		out = append(out, Piece{Folder: "ngay-ctxh-2021", Agency: agency, Table: table,
			File: strings.TrimSuffix(table, "csv") + ext, Request: "request.yaml", make: make})
	}
	add("syt", "syt-2021-03-26", "xlsx", filled)
	add("sgddt", "sgddt-2021-03-24", "xlsx", filled)
	add("sgddt", "sgddt-2021-03-29-ban-sua", "xlsx", filled)
	add("stttt", "stttt-2021-03-26-nhap", "xlsx", own(information, 26))
	add("stttt", "stttt-2021-03-29", "xlsx", own(information, 29))
	add("dptth", "dptth-2021-03-25", "json", (*Form).online)
	add("dptth", "dptth-2021-03-26", "json", (*Form).online)
	add("bhd", "bhd-2021-03-19", "xlsx", func(f *Form, _ *Table) ([]byte, error) { return f.nothing() })
	add("mttq", "mttq-2021-03-29", "xlsx", filled)
	add("hlhpn", "hlhpn-2021-03-31", "xlsx", own(women, 31))
	add("hctd", "hctd-2021-03-26", "xlsx", func(f *Form, t *Table) ([]byte, error) {
		return copied(f, t, march(26), map[string]string{"293": "Huyện Kim Môn"})
	})
	add("hctd", "hctd-2021-03-29", "xlsx", filled)
	add("tdtn", "tdtn-chua-nop", "xlsx", filled)
	for i := range out {
		switch p := &out[i]; p.Agency {
		case "bhd":
			p.Table, p.OnForm = "", true // there is nothing to tell
		case "syt", "sgddt", "mttq", "tdtn":
			p.OnForm = true
		case "hctd":
			p.OnForm = p.File == "nop/hctd/hctd-2021-03-29.xlsx"
		}
	}
	return out
}

// march is a working morning of March 2021.
func march(day int) time.Time { return time.Date(2021, 3, day, 8, 0, 0, 0, time.UTC) }

// RequestPath is where the request lies among the examples.
func (p *Piece) RequestPath() string { return path.Join(p.Folder, p.Request) }

// Make makes the file.
func (p *Piece) Make(fsys fs.FS) ([]byte, error) {
	f, err := ReadForm(fsys, p.RequestPath(), p.Agency)
	if err != nil {
		return nil, err
	}
	t := &Table{}
	if p.Table != "" {
		if t, err = ReadTable(fsys, p.TablePath()); err != nil {
			return nil, err
		}
	}
	b, err := p.make(f, t)
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", p.Path(), err)
	}
	return b, nil
}

// ReadForm reads a request of the examples with the definition beside it and its
// register.
func ReadForm(fsys fs.FS, request, agency string) (*Form, error) {
	f := &Form{Agency: agency}
	read := func(name string) error {
		docs, faults, err := Documents(fsys, name)
		switch {
		case err != nil:
			return err
		case faults.Blocks():
			return fmt.Errorf("%s:%d: %s", name, faults[0].Line, faults[0].EN())
		}
		for _, d := range docs {
			f.take(d)
		}
		return nil
	}
	if err := read(request); err != nil {
		return nil, err
	}
	for _, name := range []string{path.Join(path.Dir(request), "definition.yaml"), path.Join("registers", f.Request.Register+".yaml")} {
		if err := read(name); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *Form) take(d spec.Document) {
	switch {
	case d.Definition != nil:
		f.Definition = d.Definition
	case d.Register != nil:
		f.Register = d.Register
	case d.Request != nil:
		f.Request = d.Request
	}
}

// Documents reads a file of definitions, registers or requests.
func Documents(fsys fs.FS, name string) ([]spec.Document, fault.List, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil, fmt.Errorf("read document: %w", err)
	}
	folder, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, nil, fmt.Errorf("read document %s: %w", name, err)
	}
	docs, faults := spec.Parse(name, b, folder)
	return docs, faults, nil
}
