package ingest

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// narrowEnv asks for a single figure of each district, in a table of four columns
// with long words around it.
func narrowEnv(t *testing.T) Env {
	env := testEnv(t, "places")
	def := *env.Definition
	def.Title.VI = "Báo cáo kết quả tổ chức các hoạt động nhân Ngày Công tác xã hội Việt Nam trên địa bàn tỉnh"
	def.Indicators = []report.Indicator{{
		Code: "1", Name: report.Text{VI: "Số người có hoàn cảnh đặc biệt khó khăn được trợ giúp thường xuyên tại cộng đồng"},
		Unit: "người", Type: report.TypeInt, By: report.ByPlace,
	}}
	def.Sheets = []report.Sheet{{
		Name: "Biểu 1", Shape: report.PlacesDown, Places: []string{"30/" + report.LevelDistrict}, Indicators: []string{"1"},
		Title: report.Text{VI: "Biểu số 1. Kết quả trợ giúp người có hoàn cảnh đặc biệt khó khăn theo huyện, thị xã, thành phố"},
	}}
	req := *env.Request
	req.Issuer.Name = "Sở Lao động - Thương binh và Xã hội tỉnh, Ban Chỉ đạo công tác giảm nghèo và an sinh xã hội"
	env.Definition, env.Request = &def, &req
	return env
}

// However few columns a table has, the words around it are seen whole.
func TestWordsOfNarrowTemplatesAreWhole(t *testing.T) {
	for name, env := range map[string]Env{"one figure": narrowEnv(t), "places": testEnv(t, "places"), "across": testEnv(t, "across")} {
		t.Run(name, func(t *testing.T) {
			f, err := excelize.OpenReader(bytes.NewReader(templateOf(t, env, TemplateOptions{})))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			seen := 0
			for _, sheet := range f.GetSheetList() {
				merged, err := f.GetMergeCells(sheet)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range merged {
					seen++
					checkWhole(t, f, sheet, m)
				}
			}
			if seen < 10 {
				t.Errorf("only %d lines looked at", seen)
			}
		})
	}
}

// TestNarrowTemplatesAreWidened: a table of a single figure is as wide as one that
// has room for the words around it.
func TestNarrowTemplatesAreWidened(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(templateOf(t, narrowEnv(t), TemplateOptions{})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	width := 0.0
	for col := colNumber; col <= colName+1; col++ { // the names, and the figure beside them
		w, err := f.GetColWidth("Biểu 1", xlsx.ColName(col))
		if err != nil {
			t.Fatal(err)
		}
		width += w
	}
	if width < leastWidth || width > leastWidth+5 {
		t.Errorf("the table is %g wide, want %d", width, leastWidth)
	}
}

// checkWhole holds a row to be as high as the words across its columns need.
func checkWhole(t *testing.T, f *excelize.File, sheet string, m excelize.MergeCell) {
	t.Helper()
	row, from, err := xlsx.ParseRef(m.GetStartAxis())
	if err != nil {
		t.Fatal(err)
	}
	_, to, err := xlsx.ParseRef(m.GetEndAxis())
	if err != nil {
		t.Fatal(err)
	}
	width := 0.0
	for col := from; col <= to; col++ {
		w, err := f.GetColWidth(sheet, xlsx.ColName(col))
		if err != nil {
			t.Fatal(err)
		}
		width += w
	}
	height, err := f.GetRowHeight(sheet, row)
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, m.GetStartAxis())
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	look := xlsx.Style{Size: st.Font.Size, Bold: st.Font.Bold}
	need := xlsx.FitHeight(m.GetCellValue(), width, look)
	one := xlsx.FitHeight("", width, look)
	if need > height || need > one && (st.Alignment == nil || !st.Alignment.WrapText) {
		t.Errorf("%s!%s: %q needs %g points and wrapping, the row has %g", sheet, m.GetStartAxis(), m.GetCellValue(), need, height)
	}
}
