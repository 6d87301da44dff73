package portal

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// handBook hands a workbook in, to be submitted when nothing stands against it.
func (w *world) handBook(token, agency, name string, body []byte) *api.Upload {
	w.t.Helper()
	c := w.client(token)
	receipt, err := c.Upload(w.t.Context(), theRequest, agency, client.File{Name: name, Body: body}, true, "")
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := c.Settled(w.t.Context(), receipt.Upload)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// markedOf downloads the marked file of an upload.
func (w *world) markedOf(token string, u *api.Upload) (*http.Response, []byte) {
	w.t.Helper()
	res, b := w.do("GET", "/api/v1/uploads/"+u.Upload+"/marked.xlsx", token, nil)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != client.MediaXLSX {
		w.t.Fatalf("marked file: %d %s: %.300s", res.StatusCode, res.Header.Get("Content-Type"), b)
	}
	return res, b
}

// answerIn writes an explanation beside the first row of a code on the list of a
// marked file, the way a person does in a spreadsheet.
func answerIn(t *testing.T, marked []byte, code, reason string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(marked))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list := f.GetSheetList()[0]
	rows, err := f.GetRows(list)
	if err != nil {
		t.Fatal(err)
	}
	col := slices.Index(rows[0], xlsx.AnswerMark) + 1
	row := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == code }) + 1
	if rows[0][0] != xlsx.ListMark || col < 1 || row < 1 {
		t.Fatalf("no place to answer %s in %q", code, rows)
	}
	if err := f.SetCellStr(list, xlsx.Ref(row, col), reason); err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestMarkedRoundTrip: an upload that waits for an explanation comes back marked, is
// answered in the workbook, handed in as it is, and stands with the explanation and
// the very same figures.
func TestMarkedRoundTrip(t *testing.T) {
	w := newWorld(t, func(p *Portal) { p.Trusted = false }).withExample()
	body, err := os.ReadFile("../../examples/ngay-ctxh-2021/nop/mttq/mttq-2021-03-29.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	token := w.token(report.RoleAgency, "mttq")
	first := w.handBook(token, "mttq", "Mặt trận quý I.xlsx", body)
	if first.State != report.StateReady || len(fault.List(first.Findings).NeedExplaining()) != 1 {
		t.Fatalf("%s with %v", first.State, first.Findings)
	}
	res, marked := w.markedOf(token, first)
	_, disposition, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if err != nil || disposition["filename"] != "Mặt trận quý I-danh-dau.xlsx" || res.Header.Get(client.ApartHeader) != "" {
		t.Errorf("%v, %v, apart %q", disposition, err, res.Header.Get(client.ApartHeader))
	}

	again := w.handBook(token, "mttq", disposition["filename"], marked)
	if again.State != report.StateReady || again.Cells != first.Cells || again.Facts != first.Facts {
		t.Errorf("marked and not answered: %s, %+v and %d figures, were %+v and %d", again.State, again.Cells, again.Facts, first.Cells, first.Facts)
	}
	if _, twice := w.markedOf(token, again); !bytes.Equal(twice, marked) {
		t.Errorf("marked twice: %d bytes, once %d", len(twice), len(marked))
	}

	const reason = "Có 03 nhà Đại đoàn kết, biên bản bàn giao kèm theo"
	answered := w.handBook(token, "mttq", disposition["filename"], answerIn(t, marked, string(fault.RuleToExplain), reason))
	if answered.State != report.StateSubmitted || answered.Version != 1 || answered.Facts != first.Facts {
		t.Fatalf("answered: %s, version %d, %d figures: %v", answered.State, answered.Version, answered.Facts, answered.Findings)
	}
	want := fault.List(first.Findings).NeedExplaining()[0]
	if len(answered.Explanations) != 1 || answered.Explanations[0] != (report.Explanation{Code: string(want.Code), Sheet: want.Sheet, Cell: want.Cell, Reason: reason}) {
		t.Errorf("explanations %+v", answered.Explanations)
	}
}

// TestMarkedPage: the page of an upload with something to mend leads to the marked
// file, and shows what was explained in it.
func TestMarkedPage(t *testing.T) {
	w := newWorld(t).withExample()
	body, err := os.ReadFile("../../examples/ngay-ctxh-2021/nop/mttq/mttq-2021-03-29.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	u := w.handBook("", "mttq", "mttq.xlsx", body)
	_, page := w.do("GET", "/tep/"+u.Upload, "", nil)
	mustContain(t, string(page), "Tải tệp có đánh dấu lỗi", `href="/api/v1/uploads/`+u.Upload+`/marked.xlsx"`)

	_, marked := w.markedOf("", u)
	const reason = "Có 03 nhà Đại đoàn kết"
	c := w.client("")
	receipt, err := c.Upload(t.Context(), theRequest, "mttq", client.File{Name: "mttq.xlsx", Body: answerIn(t, marked, "R402", reason)}, false, "")
	if err != nil {
		t.Fatal(err)
	}
	answered, err := c.Settled(t.Context(), receipt.Upload)
	if err != nil || answered.State != report.StateReady {
		t.Fatalf("%+v, %v", answered, err)
	}
	_, page = w.do("GET", "/tep/"+receipt.Upload, "", nil)
	mustContain(t, string(page), `required>`+reason+`</textarea>`)
	// The same bytes once more, now to be submitted: nobody has to type it again.
	if _, err := c.Decide(t.Context(), theRequest, "mttq", "submit", api.Submit{Upload: receipt.Upload}); err != nil {
		t.Fatal(err)
	}
	if state, err := c.State(t.Context(), receipt.Upload); err != nil || len(state.Explanations) != 1 || state.Explanations[0].Reason != reason {
		t.Errorf("%+v, %v", state, err)
	}

	clean := w.hand("", "bhd", formOf("3"), false)
	_, page = w.do("GET", "/tep/"+clean.Upload, "", nil)
	if strings.Contains(string(page), "marked.xlsx") {
		t.Error("a clean upload offers a marked file")
	}
}

// TestMarkedSubmittedLater: a workbook that was only checked and then comes to be
// submitted is, with what was explained in it.
func TestMarkedSubmittedLater(t *testing.T) {
	w := newWorld(t).withExample()
	body, err := os.ReadFile("../../examples/ngay-ctxh-2021/nop/mttq/mttq-2021-03-29.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	_, marked := w.markedOf("", w.handBook("", "mttq", "mttq.xlsx", body))
	file := client.File{Name: "mttq.xlsx", Body: answerIn(t, marked, "R402", "Có 03 nhà Đại đoàn kết")}
	c := w.client("")
	held, err := c.Upload(t.Context(), theRequest, "mttq", file, false, "")
	if err != nil {
		t.Fatal(err)
	}
	if u, err := c.Settled(t.Context(), held.Upload); err != nil || u.State != report.StateReady {
		t.Fatalf("%+v, %v", u, err)
	}
	u := w.handBook("", "mttq", file.Name, file.Body)
	if u.Upload != held.Upload || u.State != report.StateSubmitted || len(u.Explanations) != 1 {
		t.Errorf("%s, %+v", u.State, u.Explanations)
	}
}

// TestMarkedGroup: the page shows one box for findings of one sort. Sent as it is, it
// leaves each its own explanation from the workbook; written anew it holds for all.
func TestMarkedGroup(t *testing.T) {
	w := newWorld(t)
	c := w.client("")
	var docs []byte
	for _, name := range []string{"danh-muc.yaml", "bieu.yaml"} {
		doc, err := os.ReadFile("../../testdata/faults/base/" + name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(append(docs, "---\n"...), doc...)
	}
	if _, err := c.Apply(t.Context(), "documents", "base.yaml", docs); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, typed, want string }{
		{"as it is", "Lý do của dòng 2", "Lý do của dòng 3"},
		{"written anew", "Một lý do cho tất cả", "Một lý do cho tất cả"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book := xlsx.NewBook(xlsx.Props{Title: tt.name, Created: w.clock.Now()})
			list, s := book.Sheet("LỖI CẦN SỬA"), book.Sheet("Biểu 2")
			list.Text(1, xlsx.ListCode, xlsx.ListMark, xlsx.Style{})
			list.Text(1, 5, xlsx.AnswerMark, xlsx.Style{})
			s.Text(1, 1, "Địa bàn", xlsx.Style{})
			s.Text(1, 2, "Hỗ trợ bằng tiền", xlsx.Style{})
			for i, place := range []string{"Huyện Gia Lộc", "Huyện Nam Sách", "Thành phố Hải Dương"} {
				row := i + 2
				s.Text(row, 1, place, xlsx.Style{})
				s.Number(row, 2, strconv.Itoa(150+i), xlsx.Style{})
				for col, text := range map[int]string{xlsx.ListCode: "R402", xlsx.ListSheet: "Biểu 2", xlsx.ListCell: xlsx.Ref(row, 2), 5: "Lý do của dòng " + strconv.Itoa(row)} {
					list.Text(row, col, text, xlsx.Style{})
				}
			}
			body, err := book.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			receipt, err := c.Upload(t.Context(), "thu-2021", "syt", client.File{Name: "b.xlsx", Body: body}, false, "")
			if err != nil {
				t.Fatal(err)
			}
			if u, err := c.Settled(t.Context(), receipt.Upload); err != nil || u.State != report.StateReady || len(u.Explanations) != 3 {
				t.Fatalf("%+v, %v", u, err)
			}
			res, b := w.post("/tep/"+receipt.Upload+"/nop", url.Values{"giai-trinh-0": {tt.typed}})
			if res.StatusCode != http.StatusSeeOther {
				t.Fatalf("%d: %.500s", res.StatusCode, b)
			}
			u, err := c.State(t.Context(), receipt.Upload)
			if err != nil || len(u.Explanations) != 3 {
				t.Fatalf("%+v, %v", u, err)
			}
			for _, e := range u.Explanations {
				if e.Cell == "B3" && e.Reason != tt.want {
					t.Errorf("%s is explained by %q, want %q", e.Cell, e.Reason, tt.want)
				}
			}
		})
	}
}

// TestMarkedByOthers: only who may see an upload gets it marked.
func TestMarkedByOthers(t *testing.T) {
	w := newWorld(t, func(p *Portal) { p.Trusted = false }).withExample()
	u := w.hand(w.token(report.RoleAgency, "syt"), "syt", formOf("3"), false)
	p := w.problem("GET", "/api/v1/uploads/"+u.Upload+"/marked.xlsx", w.token(report.RoleAgency, "bhd"), nil)
	if p.Status != http.StatusForbidden {
		t.Errorf("status %d for a stranger", p.Status)
	}
}

// TestCheckMarked: the check without handing in gives the file back marked as well,
// and a list apart, with the reason, where it is no workbook.
func TestCheckMarked(t *testing.T) {
	w := newWorld(t).withExample()
	path := "/api/v1/requests/" + theRequest + "/returns/hctd/check/marked.xlsx"
	body, err := os.ReadFile("../../examples/ngay-ctxh-2021/nop/hctd/hctd-2021-03-26.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	res, b := w.do("POST", path, "", bytes.NewReader(body), "Content-Type", client.MediaXLSX)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Length") != strconv.Itoa(len(b)) {
		t.Fatalf("%d: %.300s", res.StatusCode, b)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	title, _ := f.GetCellValue(f.GetSheetList()[0], "D2")
	mustContain(t, title, "7 chỗ phải sửa")
	heading, _ := f.GetCellValue(f.GetSheetList()[0], "D3")
	mustContain(t, heading, "Hội Chữ thập đỏ")

	res, b = w.do("POST", path, "", strings.NewReader(`{"values":[{"indicator":"1.01","value":"x"}]}`), "Content-Type", client.MediaJSON)
	why, err := url.PathUnescape(res.Header.Get(client.ApartHeader))
	if res.StatusCode != http.StatusOK || err != nil || !strings.Contains(why, "biểu nhập") {
		t.Errorf("%d, apart %q, %v: %.100s", res.StatusCode, why, err, b)
	}
}
