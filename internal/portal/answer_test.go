package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// helpForm is a form of one sheet that agencies draw up by themselves, asked for two
// periods.
const helpForm = `definition: tro-giup
version: "1"
title: Trợ giúp
calendar: civil
indicators:
  - {code: "1", name: Số người được trợ giúp, unit: người, type: int, by: place}
  - {code: "2", name: Số hộ được trợ giúp, unit: hộ, type: int, by: place}
sheets:
  - {sheet: Biểu 1, shape: places-down, places: [30/district]}
`

func helpRequest(code, period string) string {
	return "---\nrequest: " + code + "\ntitle: Trợ giúp " + period + `
definition: tro-giup
version: "1"
register: hai-duong
registerVersion: "2021.1"
place: "30"
issuer: {name: Sở Lao động - Thương binh và Xã hội}
period: ` + period + `
due: {wording: by, day: 20, monthsAfter: 1}
agencies: [syt, bhd]
`
}

// withHelp applies the form and its two requests.
func (w *world) withHelp() *world {
	w.t.Helper()
	doc := helpForm + helpRequest("quy-1", "2021-Q1") + helpRequest("quy-2", "2021-Q2")
	if _, err := w.client("").Apply(w.t.Context(), "documents", "tro-giup.yaml", []byte(doc)); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// ownTable is a workbook of an agency's own: a column under its own words, and a
// district that is misspelt.
func ownTable(t *testing.T, people string) client.File {
	t.Helper()
	b := xlsx.NewBook(xlsx.Props{Created: time.Date(2021, 4, 1, 8, 0, 0, 0, time.UTC)})
	s := b.Sheet("Kết quả")
	for row, cells := range [][]string{{"Địa bàn", "Số lượt người được trợ giúp", "Số hộ được trợ giúp"}, {"Huyện Gia Lộc", people, "4"}, {"Huyện Nam Sahc", "7", "2"}} {
		for col, text := range cells {
			if row > 0 && col > 0 {
				s.Number(row+1, col+1, text, xlsx.Style{})
			} else {
				s.Text(row+1, col+1, text, xlsx.Style{})
			}
		}
	}
	body, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return client.File{Name: "bang-tu-lap.xlsx", Body: body}
}

// sendOwn hands such a workbook in, to be submitted in one go, and waits.
func (w *world) sendOwn(token, request, agency, people string) *api.Upload {
	w.t.Helper()
	c := w.client(token)
	receipt, err := c.Upload(w.t.Context(), request, agency, ownTable(w.t, people), true, "")
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := c.Settled(w.t.Context(), receipt.Upload)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// openOf gives the open questions of an upload, by kind.
func openOf(u *api.Upload) map[report.QuestionKind]api.Question {
	out := map[report.QuestionKind]api.Question{}
	for _, q := range u.Questions {
		if q.Choice == "" {
			out[q.Kind] = q
		}
	}
	return out
}

// TestAnswersByAPI goes the whole way: asked, answered, submitted; remembered for
// that agency and form, and for no other; listed, and withdrawn.
func TestAnswersByAPI(t *testing.T) {
	w := newWorld(t).withExample().withHelp()
	syt, bhd, boss := w.token(report.RoleAgency, "syt"), w.token(report.RoleAgency, "bhd"), w.token(report.RoleCoordinator, "")
	u := w.sendOwn(syt, "quy-1", "syt", "12")
	asked := openOf(u)
	if u.State != report.StateRefused || len(asked) != 2 || asked[report.AskColumn].Candidates[0].Code != "1" || asked[report.AskRow].Candidates[0].Code != "291" {
		t.Fatalf("%s with %+v", u.State, u.Questions)
	}
	address := "/api/v1/uploads/" + u.Upload + "/answers"
	one := func(q api.Question, choice string) string {
		return `{"answers":[{"question":"` + q.Key + `","choice":"` + choice + `"}]}`
	}
	for _, wrong := range []struct {
		token, body string
		status      int
		code        string
	}{
		{bhd, one(asked[report.AskRow], "291"), http.StatusForbidden, "W716"},
		{syt, one(asked[report.AskRow], "30"), http.StatusBadRequest, "A808"},
		{syt, `{"answers":[]}`, http.StatusBadRequest, "A816"},
		{syt, `{"answer":[]}`, http.StatusBadRequest, "A804"},
	} {
		if p := w.problem("POST", address, wrong.token, jsonBody(wrong.body), "Content-Type", "application/json"); p.Status != wrong.status || p.Code != wrong.code {
			t.Errorf("%s: %d %s, want %d %s", wrong.body, p.Status, p.Code, wrong.status, wrong.code)
		}
	}
	c := w.client(syt)
	said, err := c.Answer(t.Context(), u.Upload, []api.Answer{{Question: asked[report.AskColumn].Key, Choice: "1"}, {Question: asked[report.AskRow].Key, Choice: "291"}})
	if err != nil || said.Upload != u.Upload {
		t.Fatalf("%+v %v", said, err)
	}
	if u, err = c.Settled(t.Context(), u.Upload); err != nil || u.State != report.StateSubmitted || len(openOf(u)) != 0 || u.Facts != 4 {
		t.Errorf("after the answers: %s with %d figures, %+v %v", u.State, u.Facts, u.Findings, err)
	}
	if next := w.sendOwn(syt, "quy-2", "syt", "20"); next.State != report.StateSubmitted || next.Facts != 4 {
		t.Errorf("in the next request it is %s: %+v", next.State, next.Findings)
	}
	if other := w.sendOwn(bhd, "quy-2", "bhd", "20"); other.State != report.StateRefused || len(openOf(other)) != 2 {
		t.Errorf("another agency's is %s", other.State)
	}
	checked, err := w.client(syt).Check(t.Context(), "quy-2", "syt", ownTable(t, "21"))
	if err != nil || checked.Outcome != report.Ready || len(checked.Questions) != 2 {
		t.Errorf("a check does not know of the answers: %+v %v", checked, err)
	}

	// An agency sees its own, and withdraws none; the coordinator sees all, and does.
	if list, err := w.client(bhd).Remembered(t.Context(), "tro-giup", ""); err != nil || len(list.Answers) != 0 {
		t.Errorf("another agency sees %+v %v", list, err)
	}
	if p := w.problem("GET", "/api/v1/definitions/tro-giup/answers?agency=syt", bhd, nil); p.Code != "W716" {
		t.Errorf("another agency's answers are shown: %+v", p)
	}
	if p := w.problem("GET", "/api/v1/definitions/khong-co/answers", boss, nil); p.Status != http.StatusNotFound {
		t.Errorf("a form that there is not has answers: %+v", p)
	}
	list, err := w.client(boss).Remembered(t.Context(), "tro-giup", "")
	if err != nil || len(list.Answers) != 2 || list.Answers[0].Agency != "syt" || list.Answers[0].By.Name == "" {
		t.Fatalf("the coordinator sees %+v %v", list, err)
	}
	forget := api.Forget{Agency: "syt", Question: asked[report.AskRow].Key, Reason: "Danh mục đã đổi"}
	if _, err := w.client(syt).Forget(t.Context(), "tro-giup", forget); client.IsProblem(err) == nil || client.IsProblem(err).Code != "W716" {
		t.Errorf("an agency withdrew an answer: %v", err)
	}
	if list, err = w.client(boss).Forget(t.Context(), "tro-giup", forget); err != nil || len(list.Answers) != 1 {
		t.Errorf("after the withdrawal there are %+v %v", list, err)
	}
	if again := w.sendOwn(syt, "quy-2", "syt", "22"); again.State != report.StateRefused || len(openOf(again)) != 1 {
		t.Errorf("after the withdrawal it is %s", again.State)
	}
}

// TestAnswersWithoutScript goes the clerk's way with plain forms.
func TestAnswersWithoutScript(t *testing.T) {
	w := newWorld(t).withExample().withHelp()
	u := w.sendOwn("", "quy-1", "syt", "12")
	asked := openOf(u)
	page := "/tep/" + u.Upload
	for _, lang := range languages {
		w.wellMade(page+"?lang="+lang, lang)
	}
	_, b := w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), "<title>Lỗi: Cần trả lời 2 câu hỏi", "Dòng “Huyện Nam Sahc” là gì?", "Cột “Số lượt người được trợ giúp” là gì?",
		`name="cau-`+asked[report.AskRow].Key+`" value="291"`, `name="cau-`+asked[report.AskColumn].Key+`" value="-"`)
	if strings.Contains(string(b), "checked") {
		t.Error("an answer is chosen before anybody gave it")
	}

	res, b := w.post(page+"/tra-loi", nil)
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("nothing was chosen: %d", res.StatusCode)
	}
	mustContain(t, string(b), "A816")
	res, b = w.post(page+"/tra-loi", url.Values{"cau-" + asked[report.AskRow].Key: {"30"}})
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(b), "A808") {
		t.Errorf("what is not offered was chosen: %d", res.StatusCode)
	}
	res, _ = w.post(page+"/tra-loi", url.Values{"cau-" + asked[report.AskRow].Key: {"291"}, "cau-" + asked[report.AskColumn].Key: {"-"}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != page+"?xong=tra-loi" {
		t.Fatalf("answering: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if u, err := w.client("").Settled(t.Context(), u.Upload); err != nil || u.State != report.StateSubmitted || u.Facts != 2 {
		t.Fatalf("%s with %d figures, %v", u.State, u.Facts, err)
	}
	for _, lang := range languages {
		w.wellMade(page+"?lang="+lang, lang)
	}
	_, b = w.do("GET", res.Header.Get("Location"), "", nil, "Accept", "text/html")
	mustContain(t, string(b), "Đã ghi câu trả lời.", "N540", "N541", "Đã trả lời", `value="291" checked`, `value="-" checked`)
}

// TestQuestionsForOthers: who may not answer sees what is waited for.
func TestQuestionsForOthers(t *testing.T) {
	w := newWorld(t).withExample().withHelp()
	u := w.sendOwn("", "quy-1", "syt", "12")
	analyst := w.token(report.RoleAnalyst, "")
	_, b := w.do("GET", "/tep/"+u.Upload, analyst, nil, "Accept", "text/html")
	mustContain(t, string(b), "Đang chờ đơn vị trả lời", "Huyện Nam Sahc")
	if strings.Contains(string(b), "/tra-loi") {
		t.Error("who may not answer is asked to")
	}
}
