package spec

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"tonghop/report/fault"
)

// The lists of a register may stand in CSV files: UTF-8, a header row, commas or
// semicolons, aliases with | between them. A table becomes the same nodes as a
// list in YAML, so that everything after reads only one thing.

// insertTables replaces {file: name} in a register by the rows of the file.
func insertTables(root *node, files fs.FS) fault.List {
	var faults fault.List
	for i, f := range root.fields {
		name := f.value.get("file")
		if (f.key.text != "agencies" && f.key.text != "places") || f.value.kind != mapNode || name == nil || len(f.value.fields) != 1 {
			continue
		}
		list, found := readTable(name, files)
		root.fields[i].value = list
		faults = append(faults, found...)
	}
	return faults
}

// readTable reads the table that a node names. Whatever is wrong, it gives a
// list, so that the rest of the register is still checked.
func readTable(name *node, files fs.FS) (*node, fault.List) {
	list := &node{kind: listNode, file: name.file, line: name.line, column: name.column}
	refuse := func(vi, en string) (*node, fault.List) {
		return list, fault.List{fault.New(fault.FieldWrongType, say("field", "file"), shown(name), fault.Both("expected", vi, en)).
			In(name.file).AtLine(name.line, name.column)}
	}
	if files == nil {
		return refuse("danh sách ghi ngay trong tệp này", "the list itself, in this file")
	}
	if !fs.ValidPath(name.text) || strings.Contains(name.text, `\`) {
		return refuse("tên một tệp nằm cùng thư mục", "the name of a file beside this one")
	}
	b, err := readLimited(files, name.text)
	switch {
	case errors.Is(err, errTooLarge):
		return list, fault.List{tooLarge().In(name.text)}
	case err != nil:
		return refuse("tên một tệp đọc được", "the name of a file that can be read")
	}
	list.file, list.line, list.column = path.Join(path.Dir(name.file), name.text), 1, 1
	return list, readRows(list, b)
}

func readRows(list *node, b []byte) fault.List {
	if !utf8.Valid(b) {
		return fault.List{syntax("tệp không phải chữ UTF-8", "the file is not UTF-8 text").In(list.file).AtLine(1, 1)}
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	if header, _, _ := bytes.Cut(b, []byte("\n")); bytes.Count(header, []byte(";")) > bytes.Count(header, []byte(",")) {
		r.Comma = ';'
	}
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return fault.List{tableFault(list.file, err)}
	}
	header = slices.Clone(header)
	lines := strings.Split(string(b), "\n")
	place := func(i int) (line, column int) { // the reader counts bytes, people count characters
		line, column = r.FieldPos(i)
		return line, 1 + utf8.RuneCountInString(lines[line-1][:column-1])
	}
	var faults fault.List
	for len(list.items) <= maxEntries {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return faults
		case errors.Is(err, csv.ErrFieldCount): // the rows after it can still be read
			faults = append(faults, tableFault(list.file, err))
		case err != nil:
			return append(faults, tableFault(list.file, err))
		default:
			list.items = append(list.items, readRow(row, header, list.file, place))
		}
	}
	return faults
}

// readRow makes a mapping of the cells of a row that are not empty. An English
// name has a column of its own, nameEn.
func readRow(row, header []string, file string, place func(cell int) (line, column int)) *node {
	n := &node{kind: mapNode, file: file}
	n.line, n.column = place(0)
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		at := func(text string) *node {
			v := &node{kind: textNode, text: text, file: file}
			v.line, v.column = place(i)
			return v
		}
		key, value := at(strings.TrimSpace(header[i])), at(cell)
		switch key.text {
		case "aliases":
			value.kind = listNode
			for alias := range strings.SplitSeq(cell, "|") {
				value.items = append(value.items, at(strings.TrimSpace(alias)))
			}
		case "nameEn":
			n.translate(at, value)
			continue
		}
		n.fields = append(n.fields, field{key, value})
	}
	return n
}

// translate gives the name of a row its English words.
func (n *node) translate(at func(string) *node, en *node) {
	for i, f := range n.fields {
		if f.key.text == "name" {
			both := at("")
			both.kind = mapNode
			both.fields = []field{{at("vi"), f.value}, {at("en"), en}}
			n.fields[i].value = both
		}
	}
}

func tableFault(file string, err error) fault.Fault {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return fault.New(fault.YAMLSyntax, fault.Both("detail", "bảng CSV: "+csvWords(at.Err), "CSV: "+at.Err.Error())).In(file).AtLine(at.Line, at.Column)
	}
	return fault.New(fault.YAMLSyntax, fault.Both("detail", "bảng CSV không có dòng tiêu đề", "the CSV table has no header row")).In(file).AtLine(1, 1)
}

func csvWords(err error) string {
	switch {
	case errors.Is(err, csv.ErrFieldCount):
		return "số ô của dòng này khác dòng tiêu đề"
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return "dấu ngoặc kép đặt sai chỗ"
	}
	return err.Error()
}

// errTooLarge says that a file is beyond [MaxBytes].
var errTooLarge = fmt.Errorf("file is larger than %d bytes", MaxBytes)

// readLimited reads a file of at most MaxBytes.
func readLimited(fsys fs.FS, name string) (_ []byte, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxBytes {
		return nil, errTooLarge
	}
	return b, nil
}
