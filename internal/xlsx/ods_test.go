package xlsx

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// odsGrid reads the first sheet of a spreadsheet.
func odsGrid(t *testing.T, body string, parts ...string) *Grid {
	t.Helper()
	wb, err := openBytes(odsWith(t, body, parts...))
	if err != nil {
		t.Fatal(err)
	}
	g, err := wb.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	checkGrid(t, g)
	return g
}

// shownCells writes the cells of a grid, one after the other: address, type, text
// and formula.
func shownCells(g *Grid) string {
	var words []string
	for _, c := range g.Cells {
		word := fmt.Sprintf("%s %s %q", Ref(c.Row, c.Col), c.Type, c.Text)
		if c.HasFormula {
			word += " =" + c.Formula
		}
		words = append(words, word)
	}
	return strings.Join(words, "; ")
}

// TestODSValues reads a value of every type, each as the first cell of a sheet.
func TestODSValues(t *testing.T) {
	cell := func(attrs, inside string) string {
		return `<table:table-cell ` + attrs + `>` + inside + `</table:table-cell>`
	}
	tests := []struct{ name, cell, want string }{
		{"number as written", cell(`office:value-type="float" office:value="71.98999999999999"`, `<text:p>72</text:p>`), `A1 number "71.98999999999999"`},
		{"number with an exponent", cell(`office:value-type="float" office:value="1.5E+020"`, ""), `A1 number "1.5E+020"`},
		{"money", cell(`office:value-type="currency" office:currency="VND" office:value="-5"`, `<text:p>-5 đ</text:p>`), `A1 number "-5"`},
		{"percent", cell(`office:value-type="percentage" office:value="0.125"`, `<text:p>12,5%</text:p>`), `A1 number "0.125"`},
		{"day", cell(`office:value-type="date" office:date-value="2021-03-30"`, `<text:p>30/3</text:p>`), `A1 date "2021-03-30"`},
		{"moment", cell(`office:value-type="date" office:date-value="2021-03-30T07:30:00.5"`, ""), `A1 date "2021-03-30T07:30:00.5"`},
		{"day that is none", cell(`office:value-type="date" office:date-value="12021-02-30"`, ""), `A1 date "12021-02-30"`},
		{"time", cell(`office:value-type="time" office:time-value="PT07H30M00S"`, ""), `A1 date "PT07H30M00S"`},
		{"yes", cell(`office:value-type="boolean" office:boolean-value="true"`, `<text:p>ĐÚNG</text:p>`), `A1 bool "1"`},
		{"no", cell(`office:value-type="boolean" office:boolean-value="false"`, ""), `A1 bool "0"`},
		{"text shown", cell(`office:value-type="string"`, `<text:p>Sa Pa</text:p>`), `A1 string "Sa Pa"`},
		{"text that is shown otherwise", cell(`office:value-type="string" office:string-value="080"`, `<text:p>80</text:p>`), `A1 string "080"`},
		{"text without a type", cell(``, `<text:p>12</text:p>`), `A1 string "12"`},
		{"no text", cell(`office:value-type="string"`, `<text:p/>`), ``},
		{"nothing in a styled cell", cell(`table:style-name="ce1"`, ``), ``},
		{"formula", cell(`table:formula="of:=SUM([.A1:.B2];[$'Biểu; 1'.$C$3];&quot;a;[b]&quot;)" office:value-type="float" office:value="3"`, `<text:p>3</text:p>`), `A1 number "3" =SUM(A1:B2,'Biểu; 1'!$C$3,"a;[b]")`},
		{"formula of a text", cell(`table:formula="of:=[.B1]" office:value-type="string" office:string-value=""`, `<text:p/>`), `A1 string "" =B1`},
		{"formula of a text that is empty, as LibreOffice has it", cell(`table:formula="of:=&quot;&quot;"`, `<text:p/>`), `A1 string "" =""`},
		{"formula without a value", cell(`table:formula="of:=[.B1]"`, ``), `A1 blank "" =B1`},
		{"formula with lists", cell(`table:formula="of:={1;2|3;4}" office:value-type="float" office:value="1"`, ``), `A1 number "1" ={1,2;3,4}`},
		{"formula with errors and intersections", cell(`table:formula="of:=IF([.A1:.B1]![.B1:.B9];#REF!;[.#REF!])+#N/A" office:value-type="float" office:value="1"`, ``), `A1 number "1" =IF(A1:B1 B1:B9,#REF!,#REF!)+#N/A`},
		{"formula with what is no reference", cell(`table:formula="of:=[1]!F(&quot;a!b;&quot;)" office:value-type="float" office:value="1"`, ``), `A1 number "1" =[1]!F("a!b;")`},
		{"formula over sheets and files", cell(`table:formula="of:=['file:///a.b/c.xlsx'#$'Bé]'.A1]+[$X.A1:$Y.B2]" office:value-type="float" office:value="1"`, ``), `A1 number "1" ='file:///a.b/c.xlsx'#$'Bé]'!A1+X!A1:Y!B2`},
		{"formula of another language", cell(`table:formula="msoxl:=SUM(A1;B2)" office:value-type="float" office:value="1"`, ``), `A1 number "1" =SUM(A1;B2)`},
		{"error", cell(`table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"`, `<text:p>#DIV/0!</text:p>`), `A1 error "#DIV/0!" =1/0`},
		{"error of LibreOffice", cell(`table:formula="of:=SQRT(-1)" office:value-type="string" office:string-value="" calcext:value-type="error"`, `<text:p>Err:502</text:p>`), `A1 error "Err:502" =SQRT(-1)`},
		{"error beside a nought", cell(`table:formula="oooc:=[.A1]/0" office:value-type="float" office:value="0"`, `<text:p>#DIV/0!</text:p>`), `A1 error "#DIV/0!" =A1/0`},
		{"number of an error beside a nought", cell(`table:formula="of:=X" office:value-type="float" office:value="0"`, `<text:p>Err:508</text:p>`), `A1 error "Err:508" =X`},
		{"text that looks like an error", cell(`office:value-type="string"`, `<text:p>#N/A</text:p>`), `A1 string "#N/A"`},
		{"text of a formula that looks like an error", cell(`table:formula="of:=X" office:value-type="string" office:string-value="#N/A" calcext:value-type="string"`, `<text:p>#N/A</text:p>`), `A1 string "#N/A" =X`},
		{"serial number that is shown as a day", cell(`table:style-name="ce1" office:value-type="float" office:value="44285"`, ""), `A1 date "44285"`},
		{"covered by a merged cell", `<table:covered-table-cell office:value-type="float" office:value="7"/>`, `A1 number "7"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := shownCells(odsGrid(t, odsCellsXML(test.cell))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestODSText reads what a person sees of a text, and nothing else.
func TestODSText(t *testing.T) {
	tests := []struct{ name, inside, want string }{
		{"lines", `Dân số</text:p><text:p/><text:p>nghìn người`, "Dân số\n\nnghìn người"},
		{"elements for white space", `<text:s text:c="2"/>a<text:s/>b<text:tab/>c<text:line-break/>d`, "  a b\tc\nd"},
		{"white space of the file", "\n\t  a\n   b <text:span> c</text:span>", "a b c"},
		{"space at the end, as LibreOffice writes it", "a <text:s/>", "a  "},
		{"space after elements", "a<text:s/> b", "a  b"},
		{"pieces and links", `<text:span text:style-name="T2">a</text:span><text:a href="x">b<text:span>c</text:span></text:a>`, "abc"},
		{"fields", `<text:sheet-name>Biểu 1</text:sheet-name>, <text:date>30/3</text:date>`, "Biểu 1, 30/3"},
		{"reading aids", `<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>`, "a"},
		{"notes inside", `a<office:annotation><dc:creator>x</dc:creator><text:p>không phải ô</text:p></office:annotation>b`, "ab"},
		{"notes on the text", `a<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note>b`, "ab"},
		{"pictures inside", `a<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>`, "a"},
		{"lists", `a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list><text:p>c`, "a\nb\nc"},
		{"entities", `a&amp;b &#x1ea3;`, "a&b ả"},
		{"CDATA", `<![CDATA[a<b  c]]>`, "a<b c"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := odsGrid(t, odsCellsXML(odsTextXML(test.inside)))
			if len(g.Cells) != 1 || g.Cells[0].Text != test.want {
				t.Errorf("got %s, want %q", shownCells(g), test.want)
			}
		})
	}
}

// TestODSNotesBesideText leaves out what only hangs on a cell.
func TestODSNotesBesideText(t *testing.T) {
	cell := `<table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation>` +
		`<draw:frame><draw:object/><svg:title>biểu đồ</svg:title></draw:frame><text:p>số</text:p></table:table-cell>`
	if got, want := shownCells(odsGrid(t, odsCellsXML(cell))), `A1 string "số"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestODSFonts finds the fonts of pieces, for texts typed in old encodings.
func TestODSFonts(t *testing.T) {
	cell := `<table:table-cell office:value-type="string"><text:p>Tỉnh <text:span text:style-name="T1">Lµo<text:span text:style-name="T2"> Cai</text:span></text:span></text:p></table:table-cell>`
	g := odsGrid(t, odsCellsXML(cell))
	want := []Run{{"", len("Tỉnh ")}, {".VnTime", len("Tỉnh Lµo Cai")}}
	if c := g.At(1, 1); c.Font != "Times New Roman" || !reflect.DeepEqual(c.Runs, want) {
		t.Errorf("font %q, runs %v, want %v", c.Font, c.Runs, want)
	}
	g = odsGrid(t, odsCellsXML(odsTextXML(`a<text:span text:style-name="T2">b</text:span>`)))
	if c := g.At(1, 1); c.Runs != nil {
		t.Errorf("runs %v of a text in one font", c.Runs)
	}
}

// TestODSStyles finds the look of cells: their own, that of the row, of the
// column or of none.
func TestODSStyles(t *testing.T) {
	number := func(style string) string {
		if style != "" {
			style = ` table:style-name="` + style + `"`
		}
		return `<table:table-cell` + style + ` office:value-type="float" office:value="1"/>`
	}
	g := odsGrid(t, odsTableXML(
		`<table:table-column table:default-cell-style-name="ce3"/><table:table-column table:number-columns-repeated="2"/><table:table-column table:number-columns-repeated="9" table:default-cell-style-name="ce2"/>`+
			`<table:table-row>`+number("")+number("ce4")+number("gone")+number("")+`</table:table-row>`+
			`<table:table-row table:default-cell-style-name="ce4">`+number("")+number("ce2")+`</table:table-row>`+
			`<table:table-row><table:table-cell office:value-type="percentage" office:value="1" table:style-name="ce4"/></table:table-row>`))
	plain := CellStyle{NumFmt: "General", Font: "Times New Roman"}
	groups, percent := plain, plain
	groups.NumFmt, percent.NumFmt = "#,##0", "0.00%"
	old := CellStyle{NumFmt: "#,##0", Font: ".VnTime", Bold: true, Indent: 2}
	untold := plain
	untold.NumFmt = "0%"
	for ref, want := range map[string]CellStyle{"A1": groups, "B1": old, "C1": plain, "D1": percent, "A2": old, "B2": percent, "A3": untold} {
		row, col, _ := ParseRef(ref)
		if got := g.Style(g.At(row, col)); got != want {
			t.Errorf("%s looks like %+v, want %+v", ref, got, want)
		}
	}
	if c := g.At(3, 1); c.Font != ".VnTime" {
		t.Errorf("A3 is in %q", c.Font)
	}
}

// TestODSIndent counts in the steps that the file indents by.
func TestODSIndent(t *testing.T) {
	tests := []struct {
		margins string
		want    []int
	}{
		{"0.353cm 0.706cm 1.059cm", []int{1, 2, 3}},
		{"0.1146in 0.2291in 0.802in", []int{1, 2, 7}}, // three spaces of the font, as Excel does
		{"20pt 40pt", []int{2, 4}},
		{"0in 0.5pt", []int{0, 0}},
		{"-1cm 99999cm 10", []int{0, 250, 0}},
	}
	for _, test := range tests {
		var styles, cells string
		for i, margin := range strings.Fields(test.margins) {
			styles += fmt.Sprintf(`<style:style style:name="m%d" style:family="table-cell"><style:paragraph-properties fo:margin-left="%s"/></style:style>`, i, margin)
			cells += fmt.Sprintf(`<table:table-cell table:style-name="m%d" office:value-type="float" office:value="1"/>`, i)
		}
		content := strings.Replace(odsContent(odsCellsXML(cells)), `<office:automatic-styles>`, `<office:automatic-styles>`+styles, 1)
		g := odsGrid(t, "", "content.xml", content, "styles.xml", "")
		var got []int
		for i := range g.Cells {
			got = append(got, g.Style(&g.Cells[i]).Indent)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.margins, got, test.want)
		}
	}
}

// TestODSNumberFormats spells the formats of OpenDocument as Excel does.
func TestODSNumberFormats(t *testing.T) {
	tests := []struct{ name, format, want string }{
		{"any", `<number:number-style style:name="N"><number:number number:min-integer-digits="1"/></number:number-style>`, "General"},
		{"whole", `<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1"/></number:number-style>`, "0"},
		{"leading noughts", `<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>`, "00000"},
		{"groups", `<number:number-style style:name="N"><number:number number:decimal-places="2" number:grouping="true"/></number:number-style>`, "#,##0.00"},
		{"exponent", `<number:number-style style:name="N"><number:scientific-number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>`, "0.00E+00"},
		{"money", `<number:currency-style style:name="N"><number:number number:decimal-places="0" number:grouping="true"/><number:text> </number:text><number:currency-symbol>₫</number:currency-symbol></number:currency-style>`, `#,##0 "₫"`},
		{"percent", `<number:percentage-style style:name="N"><number:number number:decimal-places="1"/><number:text> %</number:text></number:percentage-style>`, "0.0 %"},
		{"percent without the sign", `<number:percentage-style style:name="N"><number:number number:decimal-places="0"/></number:percentage-style>`, "0%"},
		{"a percent sign that is none", `<number:number-style style:name="N"><number:number number:decimal-places="0"/><number:text>%</number:text></number:number-style>`, `0"%"`},
		{"text", `<number:text-style style:name="N"><number:text-content/></number:text-style>`, "@"},
		{"day", `<number:date-style style:name="N"><number:day/><number:text> tháng </number:text><number:month number:style="long"/><number:text>-</number:text><number:year/></number:date-style>`, `d" tháng "mm-yy`},
		{"name of a month", `<number:date-style style:name="N"><number:month number:textual="true"/></number:date-style>`, "mmm"},
		{"time", `<number:time-style style:name="N"><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long" number:decimal-places="1"/><number:text> </number:text><number:am-pm/></number:time-style>`, "hh:mm:ss.0 AM/PM"},
		{"more than a day", `<number:time-style style:name="N" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>`, "[h]:mm"},
		{"by sign", `<number:number-style style:name="P"><number:number number:decimal-places="0"/></number:number-style><number:text-style style:name="N"><number:text-content/><style:map style:condition="value()&gt;0" style:apply-style-name="P"/></number:text-style>`, "0;@"},
		{"by sign, a day", `<number:date-style style:name="P"><number:year/></number:date-style><number:text-style style:name="N"><number:text-content/><style:map style:condition="value()&gt;0" style:apply-style-name="P"/></number:text-style>`, "yy;@"},
		{"more digits than there are", `<number:number-style style:name="N"><number:number number:decimal-places="999999999"/></number:number-style>`, "0." + strings.Repeat("0", 30)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := strings.Replace(odsContent(odsCellsXML(`<table:table-cell table:style-name="x" office:value-type="float" office:value="1"/>`)),
				`<office:automatic-styles>`, `<office:automatic-styles>`+test.format+`<style:style style:name="x" style:family="table-cell" style:data-style-name="N"/>`, 1)
			g := odsGrid(t, "", "content.xml", content)
			look := g.Style(&g.Cells[0])
			if look.NumFmt != test.want || look.Date != isDateFormat(test.want) {
				t.Errorf("is %q, date %v, want %q", look.NumFmt, look.Date, test.want)
			}
		})
	}
}

// TestODSRepeats gives each cell that is written once for several its own place.
func TestODSRepeats(t *testing.T) {
	g := odsGrid(t, odsTableXML(
		`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/>`+odsNumberXML("1")+
			`<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="99999999999999999999"/></table:table-row>`+
			`<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`+
			`<table:table-row>`+odsNumberXML("2")+`</table:table-row>`+
			`<table:table-row table:number-rows-repeated="4000000000"><table:table-cell/></table:table-row>`))
	want := `D1 number "1"; E1 string "x"; F1 string "x"; D2 number "1"; E2 string "x"; F2 string "x"; A1048573 number "2"`
	if got := shownCells(g); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if g.MaxRow != 1048573 || g.MaxCol != 6 {
		t.Errorf("%d rows, %d columns", g.MaxRow, g.MaxCol)
	}
}

// TestODSFrame reads what stands around the cells.
func TestODSFrame(t *testing.T) {
	g := odsGrid(t, `<table:table table:name="x" table:protected="true"><table:title>t</table:title><office:forms/><table:shapes><draw:frame/></table:shapes>`+
		`<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column table:style-name="co2"/><table:table-header-columns><table:table-column/></table:table-header-columns>`+
		`<table:table-column-group table:display="false"><table:table-column/></table:table-column-group><table:table-column-group><table:table-column table:visibility="filter"/></table:table-column-group><table:table-column table:number-columns-repeated="16000"/><table:table-column table:visibility="collapse" table:number-columns-repeated="16000"/>`+
		`<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"><text:p>đầu</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>`+
		`<table:table-row table:visibility="filter"><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>`+
		`<table:table-row-group table:display="false"><table:table-row-group><table:table-row/></table:table-row-group><table:table-row/></table:table-row-group>`+
		`<table:table-row-group><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="3" office:value-type="float" office:value="5"/></table:table-row></table:table-row-group>`+
		`<table:table-row table:style-name="ro2"/><table:table-row table:number-rows-repeated="100"/><table:table-row table:visibility="collapse" table:number-rows-repeated="1048576"/></table:table>`)
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("merges", g.Merges, []Range{{1, 1, 2, 2}, {5, 1, 5, 3}, {6, 1, 6, 3}})
	check("hidden rows", g.HiddenRows, []Span{{2, 4}, {7, 7}, {108, MaxRows}})
	check("hidden columns", g.HiddenCols, []Span{{2, 4}, {6, 7}, {16008, MaxCols}})
	check("protected", g.Protected, true)
	check("cells", shownCells(g), `A1 string "đầu"; A5 number "5"; A6 number "5"`)
}

// TestODSWorkbook reads what is said of the workbook as a whole.
func TestODSWorkbook(t *testing.T) {
	body := `<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>` +
		`<table:table table:name="Biểu 1">` + `<table:table-row>` + odsNumberXML("1") + `</table:table-row>` +
		`<table:named-expressions><table:named-range table:name="cục bộ" table:cell-range-address="$'Biểu 1'.$A$1:.$B$2"/></table:named-expressions></table:table>` +
		`<table:table table:name="'file:///x.ods'#$Biểu 1" table:style-name="ta2"><table:table-row>` + odsNumberXML("99") + `</table:table-row></table:table>` +
		`<table:table table:name="Ẩn" table:style-name="ta2"><table:table-row>` + odsNumberXML("2") + `</table:table-row></table:table>` +
		`<table:named-expressions><table:named-expression table:name="gấp đôi" table:expression="of:=2*[.A1]"/></table:named-expressions>`
	wb, err := openBytes(odsWith(t, body, "Basic/script-lc.xml", "<x/>"))
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("format", wb.Format, FormatODS)
	check("sheets", wb.Sheets, []SheetInfo{{0, "Biểu 1", Visible, true}, {1, "Ẩn", Hidden, true}})
	check("names", wb.Names, []DefinedName{{"cục bộ", 0, "'Biểu 1'!$A$1:$B$2", false}, {"gấp đôi", -1, "2*A1", false}})
	check("epoch", wb.Date1904, true)
	check("macros", wb.HasMacros, true)
	props, err := wb.CustomProps()
	check("custom properties", props, map[string]string{"tonghop.form": "ctxh-2021", "n": "7"})
	check("error", err, nil)
	props, err = wb.CoreProps()
	check("core properties", props, map[string]string{"creator": "Sở Nội vụ", "title": ""})
	check("error", err, nil)
	// In any order, and as often as one likes, also one within the other.
	for _, sheet := range []int{1, 0, 0, 1, 1, 0} {
		err := wb.Scan(sheet, func(c *Cell) error {
			if got, want := c.Text, []string{"1", "2"}[sheet]; got != want {
				t.Errorf("sheet %d has %s", sheet, got)
			}
			return wb.Scan(1-sheet, func(*Cell) error { return nil })
		})
		check("error", err, nil)
	}
	stop := errors.New("enough")
	check("error of the caller", wb.Scan(1, func(*Cell) error { return stop }), stop)
	if g, err := wb.Grid(1); err != nil || len(g.Cells) != 1 {
		t.Errorf("after an error of the caller: %v, %v", g, err)
	}
}

// TestODSReckoningFrom1900 leaves serial numbers alone where the day they count
// from is one that nobody can be told.
func TestODSReckoningFrom1900(t *testing.T) {
	g := odsGrid(t, `<table:calculation-settings><table:null-date table:date-value="1900-01-01"/></table:calculation-settings>`+
		odsCellsXML(`<table:table-cell table:style-name="ce1" office:value-type="float" office:value="44285"/>`))
	if got, want := shownCells(g), `A1 number "44285"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestODSOtherPrefixes reads a document that calls the namespaces by other
// prefixes, and elements of other namespaces by those of these.
func TestODSOtherPrefixes(t *testing.T) {
	content := odsContent(odsTableXML(`<table:table-row><table:table-cell office:value-type="float" office:value="1" table:value="7"/>` +
		`<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p></table:table-cell></table:table-row>`))
	swap := strings.NewReplacer("<table:", "<t0:", "</table:", "</t0:", " table:", " t0:", " xmlns:table", " xmlns:t0",
		"<text:", "<table:", "</text:", "</table:", " text:", " table:", " xmlns:text", " xmlns:table",
		"<office:", "<", "</office:", "</", ` xmlns:office="`, ` xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns="`, " office:", " o:")
	g := odsGrid(t, "", "content.xml", swap.Replace(content))
	if got, want := shownCells(g), `A1 number "1"; B1 string "a  b"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
