package portal

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"tonghop/aggregate"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// TestContract goes through what outside clients are promised, line by line.
func TestContract(t *testing.T) {
	w := newWorld(t).withExample()
	const root = "/api/v1/requests/" + theRequest

	t.Run("upload is answered 202 with its receipt", func(t *testing.T) {
		res, b := w.do("POST", root+"/returns/syt/uploads?submit=true", "", strings.NewReader(string(formOf("12"))),
			"Content-Type", "application/json", "Idempotency-Key", "k-1")
		if res.StatusCode != http.StatusAccepted {
			t.Fatalf("status %d: %s", res.StatusCode, b)
		}
		var r struct {
			Upload, SHA256, Number string
			ReceivedAt             time.Time
		}
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		if r.Upload == "" || len(r.SHA256) != 64 || r.Number == "" || r.ReceivedAt.IsZero() {
			t.Errorf("receipt says too little: %s", b)
		}
		if got, want := res.Header.Get("Location"), "/api/v1/uploads/"+r.Upload; got != want {
			t.Errorf("Location %q, want %q", got, want)
		}
	})

	t.Run("the same idempotency key has one effect, and other bytes are refused", func(t *testing.T) {
		before, _ := w.journal.Last(t.Context())
		res, b := w.do("POST", root+"/returns/syt/uploads?submit=true", "", strings.NewReader(string(formOf("12"))),
			"Content-Type", "application/json", "Idempotency-Key", "k-1")
		if res.StatusCode != http.StatusAccepted || !strings.Contains(string(b), `"again":true`) {
			t.Errorf("status %d: %s", res.StatusCode, b)
		}
		p := w.problem("POST", root+"/returns/syt/uploads", "", strings.NewReader(string(formOf("13"))),
			"Content-Type", "application/json", "Idempotency-Key", "k-1")
		if p.Status != http.StatusUnprocessableEntity || p.Code != "A807" {
			t.Errorf("got %d %s", p.Status, p.Code)
		}
		_ = before
	})

	u := w.hand("", "syt", formOf("12"), true)
	t.Run("an upload tells its state, version and findings", func(t *testing.T) {
		_, b := w.do("GET", "/api/v1/uploads/"+u.Upload, "", nil)
		var raw map[string]any
		if err := json.Unmarshal(b, &raw); err != nil {
			t.Fatal(err)
		}
		if raw["state"] != "submitted" || raw["version"] != 1.0 {
			t.Errorf("got %s", b)
		}
		if _, isList := raw["findings"].([]any); !isList {
			t.Errorf("findings is no list: %s", b)
		}
	})

	t.Run("findings carry code, severity, place and words", func(t *testing.T) {
		bad := w.hand("", "mttq", formOf("12,5"), false)
		if bad.State != report.StateRefused || len(bad.Findings) == 0 {
			t.Fatalf("state %s, %d findings", bad.State, len(bad.Findings))
		}
		_, b := w.do("GET", "/api/v1/uploads/"+bad.Upload, "", nil)
		mustContain(t, string(b), `"code":"`, `"severity":"error"`, `"vi":"`, `"en":"`, `"fix":"`)
	})

	t.Run("roll-up by agency and place", func(t *testing.T) {
		res, b := w.do("GET", root+"/rollup", "", nil)
		if res.StatusCode != 200 {
			t.Fatalf("status %d: %s", res.StatusCode, b)
		}
		var r struct {
			Request string
			AsOf    time.Time
			Heard   int
			Asked   int
			Missing []string
			Rows    []map[string]any
		}
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		if r.Request != theRequest || r.Heard != 1 || r.Asked != 9 || len(r.Missing) != 8 || r.AsOf.IsZero() {
			t.Errorf("got %+v", r)
		}
		row := find(r.Rows, "syt", "288", "1.02")
		if row == nil || row["value"] != "12" || row["heard"] != 1.0 {
			t.Errorf("row of syt in 288: %v", row)
		}
	})

	t.Run("by empty gives totals; agency and place are null", func(t *testing.T) {
		_, b := w.do("GET", root+"/rollup?by=", "", nil)
		mustContain(t, string(b), `{"agency":null,"place":null,"indicator":"1.02","value":"12"`)
	})

	t.Run("an unknown axis is a problem", func(t *testing.T) {
		if p := w.problem("GET", root+"/rollup?by=district", "", nil); p.Status != 400 || p.Code != "A808" {
			t.Errorf("got %d %s", p.Status, p.Code)
		}
	})

	t.Run("a moment before the request is a problem of the moment", func(t *testing.T) {
		for _, path := range []string{"/rollup?asOf=2020-01-01", "/explain?indicator=1.02&asOf=2020-01-01", "/summary.xlsx?asOf=2020-01-01", "/status?asOf=2020-01-01"} {
			p := w.problem("GET", root+path, "", nil)
			if p.Status != 400 || p.Code != "A808" {
				t.Errorf("%s: got %d %s", path, p.Status, p.Code)
			}
			mustContain(t, p.VI, "asOf", "2020-01-01T23:59:59+07:00", "từ khi yêu cầu được mở")
		}
	})

	t.Run("a figure is explained by its cells", func(t *testing.T) {
		_, b := w.do("GET", root+"/explain?agency=syt&place=288&indicator=1.02", "", nil)
		var e aggregate.Explanation
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatal(err)
		}
		if deref(e.Value) != "12" || len(e.Sources) != 1 || e.Sources[0].Agency != "syt" || e.Sources[0].Version != 1 {
			t.Errorf("got %s", b)
		}
		mustContain(t, string(b), `"file":`, `"sheet":`, `"cell":`, `"text":`, `"value":"12"`)
	})

	t.Run("workbooks", func(t *testing.T) {
		for _, path := range []string{"/summary.xlsx", "/template.xlsx?agency=syt"} {
			res, b := w.do("GET", root+path, "", nil)
			if res.StatusCode != 200 || res.Header.Get("Content-Type") != client.MediaXLSX || !strings.HasPrefix(string(b), "PK") {
				t.Errorf("%s: status %d, %s, %d bytes", path, res.StatusCode, res.Header.Get("Content-Type"), len(b))
			}
			mustContain(t, res.Header.Get("Content-Disposition"), "attachment", ".xlsx")
		}
	})

	t.Run("status", func(t *testing.T) {
		var s api.Status
		if err := w.client("").Get(t.Context(), "/requests/"+theRequest+"/status", nil, &s); err != nil {
			t.Fatal(err)
		}
		if s.Heard != 1 || s.Asked != 9 || s.Due.Strict != "2021-03-29" || s.Agencies[0].State != report.AgencySubmitted || s.Agencies[0].Name != "Sở Y tế" {
			t.Errorf("got %+v", s)
		}
	})

	t.Run("decisions", func(t *testing.T) {
		for _, d := range []struct{ what, body, state string }{
			{"approve", `{"version":1}`, "approved"},
			{"adjust", `{"reason":"Bỏ một cuộc tính hai lần","figures":[{"place":"288","indicator":"1.02","value":"11"}]}`, "approved"},
			{"return", `{"reason":"Số chưa khớp với biểu 3"}`, "returned"},
		} {
			res, b := w.do("POST", root+"/returns/syt/"+d.what, "", jsonBody(d.body), "Content-Type", "application/json")
			if res.StatusCode != 200 {
				t.Fatalf("%s: status %d: %s", d.what, res.StatusCode, b)
			}
			mustContain(t, string(b), `"state":"`+d.state+`"`)
		}
		v2 := w.hand("", "syt", formOf("15"), false)
		if v2.State != report.StateReady {
			t.Fatalf("state %s %v", v2.State, v2.Findings)
		}
		for _, d := range []struct{ what, body, state string }{
			{"submit", ``, "submitted"},
			{"withdraw", `{"reason":"Cần bổ sung một huyện"}`, "withdrawn"},
			{"submit", `{"upload":"` + v2.Upload + `"}`, "submitted"},
		} {
			res, b := w.do("POST", root+"/returns/syt/"+d.what, "", jsonBody(d.body), "Content-Type", "application/json")
			if res.StatusCode != 200 {
				t.Fatalf("%s: status %d: %s", d.what, res.StatusCode, b)
			}
			mustContain(t, string(b), `"state":"`+d.state+`"`)
		}
	})

	t.Run("close and reopen", func(t *testing.T) {
		_, b := w.do("POST", root+"/close", "", nil)
		mustContain(t, string(b), `"closed":true`)
		p := w.problem("POST", root+"/returns/syt/uploads", "", strings.NewReader(string(formOf("16"))), "Content-Type", "application/json")
		if p.Status != http.StatusConflict || p.Code != "W703" {
			t.Errorf("upload while closed: %d %s", p.Status, p.Code)
		}
		_, b = w.do("POST", root+"/reopen", "", jsonBody(`{"reason":"Bổ sung đơn vị nộp muộn"}`), "Content-Type", "application/json")
		mustContain(t, string(b), `"closed":false`)
	})

	t.Run("replay agrees", func(t *testing.T) {
		var r api.Replayed
		if err := w.client("").Post(t.Context(), "/replay", nil, &r); err != nil {
			t.Fatal(err)
		}
		if !r.Agrees || r.Events == 0 || r.Requests[theRequest] == "" {
			t.Errorf("got %+v", r)
		}
	})
}

// TestUndone: a decision that takes a version out of force tells of that version,
// whatever came in after it; a submission tells which upload it is of.
func TestUndone(t *testing.T) {
	w := newWorld(t).withExample()
	const returns = "/api/v1/requests/" + theRequest + "/returns/syt/"
	decide := func(what, body, want string) {
		t.Helper()
		res, b := w.do("POST", returns+what, "", jsonBody(body), "Content-Type", "application/json")
		if res.StatusCode != 200 {
			t.Fatalf("%s: status %d: %s", what, res.StatusCode, b)
		}
		mustContain(t, string(b), want)
	}
	good := w.hand("", "syt", formOf("12"), false)
	if bad := w.hand("", "syt", formOf("12,5"), false); bad.State != report.StateRefused {
		t.Fatalf("state %s", bad.State)
	}
	decide("submit", ``, `"state":"submitted","version":1,"approved":false,"upload":"`+good.Upload+`"`)
	if p := w.problem("POST", returns+"withdraw", "", jsonBody(`{"reason":"a"}`), "Content-Type", "application/json"); p.Status != 422 || p.Code != "W709" {
		t.Errorf("a reason that says nothing: %d %s", p.Status, p.Code)
	}
	decide("withdraw", `{"reason":"Gửi nhầm tệp"}`, `"state":"withdrawn","version":0,"approved":false,"undone":1`)
	decide("submit", ``, `"version":2`)
	decide("return", `{"reason":"Chưa khớp"}`, `"state":"returned","version":0,"approved":false,"undone":2`)
	decide("submit", ``, `"version":3`)
	w.hand("", "syt", formOf("15"), true)
	decide("withdraw", ``, `"state":"submitted","version":3,"approved":false,"upload":"`+good.Upload+`","undone":4`)
}

func find(rows []map[string]any, agency, place, indicator string) map[string]any {
	for _, r := range rows {
		if r["agency"] == agency && r["place"] == place && r["indicator"] == indicator {
			return r
		}
	}
	return nil
}
