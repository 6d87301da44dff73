package xlsx

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzODSContent takes any text for the content of a spreadsheet. What is read
// must be XML to the standard library as well, keep to what every grid is, and
// be the same in whatever order the sheets are asked for.
func FuzzODSContent(f *testing.F) {
	for _, body := range []string{
		odsCellsXML(odsNumberXML("12.5") + odsTextXML(`a<text:s text:c="2"/><text:span text:style-name="T1">b</text:span>`)),
		odsTableXML(`<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-row-group table:display="false">` +
			`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="1"/></table:table-row></table:table-row-group>`),
		odsTableXML(`<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" table:formula="of:=SUM([.A1:.B2];{1;2|3})" office:value-type="date" office:date-value="2021-03-30"/><table:covered-table-cell/></table:table-row>`),
		odsTableXML("") + `<table:table table:name="2" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="time" office:time-value="PT1H"/></table:table-row></table:table>`,
		odsCellsXML(`<table:table-cell table:formula="of:=1/0" calcext:value-type="error"><office:annotation/><text:p>#DIV/0!</text:p></table:table-cell>`),
	} {
		f.Add(odsContent(body))
	}
	f.Fuzz(func(t *testing.T, content string) {
		parts := odsParts("")
		parts["content.xml"] = content
		file := storedZip(t, parts)
		wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		grids, whole := make([]*Grid, len(wb.Sheets)), true
		for i := range wb.Sheets {
			g, err := wb.Grid(i)
			checkRefusal(t, err)
			if err == nil {
				checkGrid(t, g)
			}
			grids[i], whole = g, whole && err == nil
		}
		leapt := strings.Contains(content, "'#") // perhaps a table that is no sheet, which nobody reads
		if err := wellFormed(content); err != nil && whole && !leapt && !strings.Contains(content, "\x00") && !strings.Contains(err.Error(), "invalid XML name") {
			t.Fatalf("read, but not well-formed: %v", err)
		}
		for i := range slices.Backward(wb.Sheets) {
			if g, _ := wb.Grid(i); !reflect.DeepEqual(g, grids[i]) {
				t.Fatalf("sheet %d is %+v, and before it was %+v", i, g, grids[i])
			}
		}
	})
}

// FuzzODSPart puts any text in the place of any part of a sound spreadsheet.
func FuzzODSPart(f *testing.F) {
	sound := odsParts(odsCellsXML(`<table:table-cell table:style-name="ce4" office:value-type="float" office:value="1"/>`))
	names := slices.Sorted(maps.Keys(sound))
	for i, name := range names {
		f.Add(i, sound[name])
	}
	f.Fuzz(func(t *testing.T, i int, content string) {
		parts := maps.Clone(sound)
		parts[names[uint(i)%uint(len(names))]] = content
		file := storedZip(t, parts)
		wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		for i := range wb.Sheets {
			g, err := wb.Grid(i)
			checkRefusal(t, err)
			if err == nil {
				checkGrid(t, g)
			}
		}
		_, err = wb.CoreProps()
		checkRefusal(t, err)
		_, err = wb.CustomProps()
		checkRefusal(t, err)
	})
}

// FuzzOpenFormula spells any formula: it never grows beyond what was there, and
// what has been spelt stays as it is but for what stands for itself in one
// spelling alone.
func FuzzOpenFormula(f *testing.F) {
	for _, formula := range []string{"of:=SUM([.A1:.B2];[$'Biểu ''1'''.$C$3])", `of:="a;[b""]"`, "of:={1;2|3;4}", "oooc:=[.A1]![.B1]~#REF!", "msoxl:=A1", "=", "of:=['x'#$A.B1", "'"} {
		f.Add(formula)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		got := appendOpenFormula(nil, []byte(formula))
		if len(got) > len(formula) {
			t.Fatalf("%q is longer than %q", got, formula)
		}
	})
}
