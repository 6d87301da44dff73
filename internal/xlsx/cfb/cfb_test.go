package cfb_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"tonghop/internal/xlsx/cfb"
	"tonghop/internal/xlsx/xlstest"
)

// content is n bytes that are nowhere the same.
func content(n int) []byte {
	b := make([]byte, 0, n+4)
	for i := uint32(0); len(b) < n; i++ {
		b = binary.LittleEndian.AppendUint32(b, i*2654435761)
	}
	return b[:n]
}

// stream opens a file and reads a stream of it.
func stream(t *testing.T, file []byte, name string) (b []byte, short int64) {
	t.Helper()
	f, err := cfb.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	e := f.Find(name)
	if e == nil {
		t.Fatalf("no stream %s among %+v", name, f.Entries)
	}
	b, short, err = f.Stream(e)
	if err != nil {
		t.Fatal(err)
	}
	return b, short
}

func TestStreams(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 512, 4095, 4096, 4097, 5000, 200_000, 20_000_000} {
		want := content(n)
		got, short := stream(t, xlstest.Compound("Workbook", want), "WORKBOOK")
		if !bytes.Equal(got, want) || short != 0 {
			t.Errorf("%d bytes: got %d, %d short", n, len(got), short)
		}
	}
}

// A file that is cut short gives what is there, and says how much is not.
func TestCutShort(t *testing.T) {
	want := content(5000)
	whole := xlstest.Compound("Workbook", want)
	// Sectors: ten of the stream, the directory, the table. A table that is lost
	// leaves the first sector of each chain.
	for _, tt := range []struct {
		name string
		cut  int
		got  int
	}{
		{"nothing", 0, 5000},
		{"within the free end of the table", 400, 5000},
		{"the table", 512, 512},
	} {
		got, short := stream(t, whole[:len(whole)-tt.cut], "Workbook")
		if len(got) != tt.got || short != int64(5000-tt.got) || !bytes.Equal(got, want[:tt.got]) {
			t.Errorf("%s: %d bytes, %d short; want %d", tt.name, len(got), short, tt.got)
		}
	}
}

// Sectors need not lie side by side.
func TestScatteredSectors(t *testing.T) {
	want := content(5000)
	file := xlstest.Compound("Workbook", want)
	table := len(file) - 512
	second, third := file[512*2:512*3], file[512*3:512*4]
	moved := bytes.Clone(second)
	copy(second, third)
	copy(third, moved)
	put := func(from, to uint32) { binary.LittleEndian.PutUint32(file[table+4*int(from):], to) }
	put(0, 2)
	put(2, 1)
	put(1, 3)
	if got, short := stream(t, file, "Workbook"); !bytes.Equal(got, want) || short != 0 {
		t.Errorf("%d bytes, %d short, or not the same", len(got), short)
	}
}

// What is embedded has streams of the same names; that of the file itself counts.
func TestRootComesFirst(t *testing.T) {
	file := xlstest.Compound("Workbook", content(5000), "MBD0001")
	directory := bytes.Index(file, []byte("R\x00o\x00o\x00t"))
	root, book, folder := file[directory:directory+128], file[directory+128:directory+256], file[directory+256:directory+384]
	// The folder takes the stream for its own: an entry that is in the list before
	// the one in the root.
	fourth := file[directory+384 : directory+512]
	copy(fourth, book)
	binary.LittleEndian.PutUint32(fourth[116:], 1) // begins elsewhere
	binary.LittleEndian.PutUint32(folder[76:], 1)
	binary.LittleEndian.PutUint32(root[76:], 3)
	binary.LittleEndian.PutUint32(fourth[72:], 2)
	binary.LittleEndian.PutUint32(book[72:], 0xFFFFFFFF)
	got, _ := stream(t, file, "Workbook")
	if !bytes.HasPrefix(got, content(5000)[512:600]) {
		t.Error("the stream of what is embedded was taken")
	}
}

func TestDamage(t *testing.T) {
	change := func(do func(file []byte, directory, table int)) []byte {
		file := xlstest.Compound("Workbook", content(5000))
		do(file, bytes.Index(file, []byte("R\x00o\x00o\x00t")), len(file)-512)
		return file
	}
	put := binary.LittleEndian.PutUint32
	for _, tt := range []struct {
		name string
		file []byte
		why  string
	}{
		{"no bytes", nil, "no header"},
		{"a header and no more", change(func([]byte, int, int) {})[:512], "no root"},
		{"half a header", change(func([]byte, int, int) {})[:300], "no header"},
		{"sectors of 4 GB", change(func(b []byte, _, _ int) { b[30] = 32 }), "sectors of 2^32"},
		{"small sectors of one byte", change(func(b []byte, _, _ int) { b[32] = 0 }), "small sectors"},
		{"a directory that goes in a circle", change(func(b []byte, _, table int) { put(b[table+4*10:], 10) }), "comes twice"},
		{"a directory that is nowhere", change(func(b []byte, _, _ int) { put(b[48:], 9999) }), "no root"},
		{"a directory without a root", change(func(b []byte, dir, _ int) { b[dir+66] = 2 }), "no root"},
		{"a stream that goes in a circle", change(func(b []byte, _, table int) { put(b[table+4*3:], 2) }), "comes twice"},
		{"a list of tables that goes in a circle", change(func(b []byte, _, _ int) {
			put(b[68:], 0)
			for i := range 109 {
				put(b[76+4*i:], 0xFFFFFFFF)
			}
			for i := range 128 {
				put(b[512+4*i:], 0xFFFFFFFF)
			}
			put(b[512+508:], 0)
		}), "list of the table"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := cfb.Open(tt.file)
			if err == nil {
				if e := f.Find("Workbook"); e != nil {
					_, _, err = f.Stream(e)
				}
			}
			if !errors.Is(err, cfb.ErrDamaged) || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("got %v, want %q", err, tt.why)
			}
		})
	}
}

// A size beyond the file is held to the file.
func TestLyingSize(t *testing.T) {
	file := xlstest.Compound("Workbook", content(5000))
	directory := bytes.Index(file, []byte("R\x00o\x00o\x00t"))
	binary.LittleEndian.PutUint32(file[directory+128+120:], 0xFFFFFFFF)
	got, short := stream(t, file, "Workbook")
	if len(got) != 5120 || short == 0 {
		t.Errorf("%d bytes, %d short", len(got), short)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(xlstest.Compound("Workbook", content(100)))
	f.Add(xlstest.Compound("Book", content(5000), "_VBA_PROJECT_CUR"))
	f.Add(xlstest.Compound("Workbook", content(0))[:700])
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := cfb.Open(b)
		if err != nil {
			if !errors.Is(err, cfb.ErrDamaged) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		for i := range file.Entries {
			s, short, err := file.Stream(&file.Entries[i])
			if len(s) > len(b) || short < 0 || err != nil && s != nil {
				t.Errorf("%d bytes of %d, %d short, %v", len(s), len(b), short, err)
			}
		}
	})
}
