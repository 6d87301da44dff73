package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// lists are lists of one province, and what is needed of the others.
func lists() fstest.MapFS {
	file := func(lines ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	return fstest.MapFS{
		"pre2025_provinces.csv":  file("code,type,name", "10,Tỉnh,Lào Cai", "46,Thành phố,Huế"),
		"pre2025_districts.csv":  file("code,full_name,type,name,province_code", "082,Huyện Bát Xát,Huyện,Bát Xát,10", "755,Huyện Côn Đảo,Huyện,Côn Đảo,46"),
		"pre2025_communes.csv":   file("code,type,name,district_code", "02683,Thị Trấn,Bát  Xát,082", "02701,Xã,Y Tý,082", "03442,Xã,Pa ủ,082"),
		"post2025_provinces.csv": file("code,full_name,name", "15,Tỉnh Lào Cai,Lào Cai", "75,Thành phố Đồng Nai,Đồng Nai"),
		"post2025_communes.csv": file("code,type,name,province_code", "02683,Xã,Bát Xát,15", "26732,Đặc khu,Côn Đảo,15",
			"25270,Phường,Lộc Ninh,75", "25357,Phường,Tân Khai,75", "25363,Phường,Đồng Phú,75", "26116,Phường,Tân Phú,75", "26170,Phường,Trị An,75",
			"26248,Phường,Trảng Bom,75", "26326,Phường,Dầu Giây,75", "26368,Phường,Long Thành,75", "26425,Phường,Xuân Lộc,75", "26485,Phường,Nhơn Trạch,75"),
		"map_provinces_63_to_34.csv": file("old_code,new_code", "10,15", "46,46"),
		"map_communes_pre2025_to_post2025.csv": file("old_commune_code,old_district,new_commune_code",
			"02683,Huyện Bát Xát,02683", "02701,Huyện Bát Xát,02701", "03442,Huyện Bát Xát,02701", "02701,Huyện Bát Xát,02683", ",Huyện Côn Đảo,26732"),
	}
}

func TestTable(t *testing.T) {
	l, err := Read(lists())
	if err != nil {
		t.Fatal(err)
	}
	text, err := Table(l)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\ndays ..2025-06-30\n10 T Lào Cai >15\n082 H Bát Xát\n02683 TT Bát Xát >02683\n02701 X Y Tý >02683,02701\n03442 X Pa Ủ >02701\n",
		"\n46 T Thừa Thiên Huế @..2024-12-31 >46\n46 TP Huế @2025-01-01..2025-06-30 >46\n755 H Côn Đảo >26732\n28 T Hà Tây @..2008-07-31 >01\n",
		"\ndays 2025-07-01..\n15 T Lào Cai\n02683 X Bát Xát\n26732 ĐK Côn Đảo\n75 T Đồng Nai @2025-07-01..2026-04-29 >75\n75 TP Đồng Nai @2026-04-30..\n",
	} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the table has not %q:\n%s", want, text)
		}
	}
}

// TestWrongLists: a list that does not fit the others is refused, not written.
func TestWrongLists(t *testing.T) {
	for name, damage := range map[string]func(fstest.MapFS){
		"a type nobody knows":         func(f fstest.MapFS) { replace(f, "pre2025_districts.csv", ",Huyện,", ",Hạt,") },
		"a commune without successor": func(f fstest.MapFS) { replace(f, "map_communes_pre2025_to_post2025.csv", "02701,", "02702,") },
		"an amendment of nothing":     func(f fstest.MapFS) { replace(f, "post2025_communes.csv", "26485,", "26486,") },
		"a name with a sign of ours":  func(f fstest.MapFS) { replace(f, "pre2025_communes.csv", "Y Tý", "Y > Tý") },
	} {
		f := lists()
		damage(f)
		l, err := Read(f)
		if err == nil {
			_, err = Table(l)
		}
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	f := lists()
	delete(f, "post2025_communes.csv")
	if _, err := Read(f); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing list gives %v", err)
	}
}

func replace(f fstest.MapFS, name, old, new string) {
	f[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f[name].Data), old, new))}
}

// TestTableIsGenerated: the table in the project is what the lists give.
func TestTableIsGenerated(t *testing.T) {
	l, err := Read(os.DirFS("../../../../../shared/data/registers"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared/data/registers is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	want, err := Table(l)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../" + tablePath)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("units.txt is not what the lists give: run go generate")
	}
}
