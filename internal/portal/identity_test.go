package portal

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// rights says, for every route, whom it answers: a(gency, for itself),
// o(ther agency), c(oordinator), r (analyst), m (admin). Whoever is not named is
// answered 403.
var rights = map[string]string{
	"upload": "acm", "check": "acm", "uploads": "acrm", "uploadState": "acrm", "uploadFile": "acrm", "marks": "aocrm",
	"checkMarked": "acm", "uploadMarked": "acrm",
	"submit": "acm", "withdraw": "acm", "approve": "cm", "return": "cm", "adjust": "cm", "close": "cm", "reopen": "cm",
	"requests": "aocrm", "request": "aocrm", "status": "aocrm", "template": "acrm", "schema": "acrm", "requestRules": "aocrm", "tryRules": "cm",
	"rollup": "crm", "rollupCSV": "crm", "rollupXLSX": "crm", "explain": "crm", "changes": "crm", "joint": "crm", "changesXLSX": "crm", "summary": "crm",
	"applyDocuments": "cm", "applyDefinitions": "cm", "applyRegisters": "cm", "applyRequests": "cm",
	"answer": "acm", "remembered": "aocrm", "forget": "cm",
	"definitions": "aocrm", "definition": "aocrm", "rules": "aocrm", "registers": "aocrm", "register": "aocrm",
	"events": "aocrm", "log": "aocrm", "replay": "cm", "audit": "cm", "deadLetters": "cm",
	"tokens": "m", "issueToken": "m", "revokeToken": "m",
}

// TestRights asks every route in every role.
func TestRights(t *testing.T) {
	w := newWorld(t).withExample()
	u := w.hand("", "syt", formOf("12"), false)
	tokens := map[byte]string{
		'a': w.token(report.RoleAgency, "syt"), 'o': w.token(report.RoleAgency, "mttq"),
		'c': w.token(report.RoleCoordinator, ""), 'r': w.token(report.RoleAnalyst, ""), 'm': w.token(report.RoleAdmin, ""),
	}
	values := strings.NewReplacer("{request}", theRequest, "{agency}", "syt", "{upload}", u.Upload, "{code}", "ngay-ctxh", "{token}", "khong-co")
	for _, r := range routes() {
		allowed, known := rights[r.id]
		if !known {
			t.Errorf("nobody has said whom %s answers", r.id)
			continue
		}
		address := apiRoot + values.Replace(r.path)
		if r.id == "template" || r.id == "schema" {
			address += "?agency=syt"
		}
		for role, token := range tokens {
			t.Run(r.id+"/"+string(role), func(t *testing.T) {
				ctx := t.Context()
				req := httptest.NewRequestWithContext(ctx, r.method, address, strings.NewReader("{}"))
				req.Header.Set("Authorization", "Bearer "+token)
				req.Header.Set("Content-Type", client.MediaJSON)
				got := answered403(w, req)
				if want := !strings.ContainsRune(allowed, rune(role)); got != want {
					t.Errorf("refused is %v, want %v", got, want)
				}
			})
		}
		t.Run(r.id+"/nobody", func(t *testing.T) {
			p := w.problem(r.method, address, "", strings.NewReader("{}"))
			if p.Status != http.StatusUnauthorized {
				t.Errorf("status %d", p.Status)
			}
		})
	}
}

// answered403 sends a request and reports whether it was refused to this role. A
// stream is read up to its header.
func answered403(w *world, req *http.Request) bool {
	out, err := http.NewRequestWithContext(req.Context(), req.Method, w.server.URL+req.URL.RequestURI(), req.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	out.Header = req.Header
	res, err := http.DefaultClient.Do(out)
	if err != nil {
		w.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode == http.StatusForbidden
}

// TestOwnFigures: an agency reads its own figures and must say that it means
// them; its status is its own line.
func TestOwnFigures(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	token := w.token(report.RoleAgency, "syt")
	const root = "/api/v1/requests/" + theRequest
	for path, want := range map[string]int{
		"/rollup":                             403,
		"/rollup?agency=syt":                  200,
		"/rollup?agency=syt,mttq":             403,
		"/explain?agency=syt&indicator=1.02":  200,
		"/explain?agency=mttq&indicator=1.02": 403,
		"/explain?indicator=1.02":             403,
		"/summary.xlsx":                       403,
		"/template.xlsx":                      200,
		"/template.xlsx?agency=mttq":          403,
		"/returns/mttq/uploads":               403,
		"/status":                             200,
	} {
		if res, b := w.do("GET", root+path, token, nil); res.StatusCode != want {
			t.Errorf("%s: status %d, want %d: %s", path, res.StatusCode, want, b)
		}
	}
	var s api.Status
	if err := w.client(token).Get(t.Context(), "/requests/"+theRequest+"/status", nil, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Agencies) != 1 || s.Agencies[0].Agency != "syt" || s.Asked != 1 || s.Heard != 1 || len(s.Missing) != 0 {
		t.Errorf("got %+v", s)
	}
}

// TestOwnFiguresOverTime: an agency that asks for its own figures over time is not told who
// else has reported.
func TestOwnFiguresOverTime(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	token := w.token(report.RoleAgency, "syt")
	const root = "/api/v1/requests/" + theRequest
	for _, path := range []string{"/rollup?agency=syt&by=&period=2021-03-01..2021-03-31", "/explain?agency=syt&indicator=1.02&period=2021-03-01..2021-03-31"} {
		res, b := w.do("GET", root+path, token, nil)
		if res.StatusCode != 200 || strings.Contains(string(b), "mttq") || !strings.Contains(string(b), `"heard":1,"asked":1,"missing":[]`) {
			t.Errorf("%s: status %d: %.800s", path, res.StatusCode, b)
		}
		if res, b := w.do("GET", root+path+"&map=2025-07-01", token, nil); res.StatusCode != 200 || !strings.Contains(string(b), `"divided":[],"kept":[],"places":[]`) {
			t.Errorf("%s under a map: status %d: %.800s", path, res.StatusCode, b)
		}
	}
	if _, b := w.do("GET", root+"/rollup?by=&map=2025-07-01", w.token(report.RoleCoordinator, ""), nil); !strings.Contains(string(b), `"divided":[{`) {
		t.Errorf("the department is not told: %.800s", b)
	}
}

// TestTokens: a token is shown once, works as Bearer and as Basic, and ends when
// it is revoked or expires; once there is one, the machine itself needs one too.
func TestTokens(t *testing.T) {
	w := newWorld(t).withExample()
	c := w.client("")
	var admin, expiring api.Token
	if err := c.Post(t.Context(), "/tokens", api.Token{Role: report.RoleAdmin, Name: "Quản trị"}, &admin); err != nil {
		t.Fatal(err)
	}
	if p := w.problem("GET", "/api/v1/requests", "", nil); p.Status != 401 {
		t.Errorf("without a token: %d", p.Status)
	}
	if res, _ := w.do("GET", "/api/v1/requests", "", nil); res.Header.Get("WWW-Authenticate") == "" {
		t.Error("401 does not say how to ask")
	}
	basic := func(user string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+admin.Secret))
	}
	for user, want := range map[string]int{admin.ID: 200, "": 200, "someone-else": 401} {
		if res, _ := w.do("GET", "/api/v1/requests", "", nil, "Authorization", basic(user)); res.StatusCode != want {
			t.Errorf("basic as %q: %d, want %d", user, res.StatusCode, want)
		}
	}
	end := w.clock.Now().Add(time.Hour)
	c = w.client(admin.Secret)
	if err := c.Post(t.Context(), "/tokens", api.Token{Role: report.RoleAnalyst, Expires: &end}, &expiring); err != nil {
		t.Fatal(err)
	}
	_, b := w.do("GET", "/api/v1/tokens", admin.Secret, nil)
	if bytes.Contains(b, []byte(admin.Secret)) || bytes.Contains(b, []byte("secret")) {
		t.Errorf("the list gives secrets away: %s", b)
	}
	w.clock.Set(end)
	if res, _ := w.do("GET", "/api/v1/requests", expiring.Secret, nil); res.StatusCode != 401 {
		t.Errorf("after its end: %d", res.StatusCode)
	}
	if err := c.Delete(t.Context(), "/tokens/"+admin.ID); err != nil {
		t.Fatal(err)
	}
	if res, _ := w.do("GET", "/api/v1/requests", admin.Secret, nil); res.StatusCode != 401 {
		t.Errorf("after it was revoked: %d", res.StatusCode)
	}
}

func TestTokenMustMakeSense(t *testing.T) {
	w := newWorld(t)
	for name, body := range map[string]string{
		"no role":               `{}`,
		"role of the machine":   `{"role":"system"}`,
		"agency without a code": `{"role":"agency"}`,
		"analyst of an agency":  `{"role":"analyst","agency":"syt"}`,
		"a field nobody knows":  `{"role":"admin","rôle":"admin"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if p := w.problem("POST", "/api/v1/tokens", "", strings.NewReader(body), "Content-Type", "application/json"); p.Status != 400 {
				t.Errorf("got %d %s", p.Status, p.Code)
			}
		})
	}
}

// TestOnlyThisMachine: without a token the person at the machine is answered,
// and nothing that only looks like it.
func TestOnlyThisMachine(t *testing.T) {
	w := newWorld(t)
	h := w.portal.Handler()
	for _, c := range []struct {
		name, peer, host string
		header           [2]string
		want             int
	}{
		{"loopback", "127.0.0.1:5", "localhost:8080", [2]string{}, 200},
		{"loopback of IPv6", "[::1]:5", "[::1]:8080", [2]string{}, 200},
		{"another machine", "10.0.0.7:5", "localhost:8080", [2]string{}, 401},
		{"a name made to resolve here", "127.0.0.1:5", "evil.example", [2]string{}, 401},
		{"through a proxy on this machine", "127.0.0.1:5", "localhost", [2]string{"X-Forwarded-For", "10.0.0.7"}, 401},
		{"a page of another site reads", "127.0.0.1:5", "localhost:8080", [2]string{"Sec-Fetch-Site", "cross-site"}, 200}, // the browser keeps the answer from it
	} {
		t.Run(c.name, func(t *testing.T) {
			req := httptest.NewRequest("GET", "/api/v1/requests", nil)
			req.RemoteAddr, req.Host = c.peer, c.host
			if c.header[0] != "" {
				req.Header.Set(c.header[0], c.header[1])
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			if rec.Code != c.want {
				t.Errorf("status %d, want %d", rec.Code, c.want)
			}
		})
	}
	t.Run("a page of another site writes", func(t *testing.T) {
		p := w.problem("POST", "/api/v1/tokens", "", strings.NewReader(`{"role":"admin"}`), "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
		if p.Status != 403 {
			t.Errorf("status %d", p.Status)
		}
	})
}

// TestTrusted: the command line in the same process is the person at the
// machine, tokens or not.
func TestTrusted(t *testing.T) {
	w := newWorld(t, func(p *Portal) { p.Trusted = true })
	w.token(report.RoleAdmin, "")
	if _, err := client.Local(w.portal.Handler()).Requests(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestGuesses: whoever tries many tokens is made to wait, and nobody else: not
// even who stands behind the same address with a right one.
func TestGuesses(t *testing.T) {
	w := newWorld(t)
	good := w.token(report.RoleAdmin, "")
	for range maxGuesses {
		if res, _ := w.do("GET", "/api/v1/requests", "thop_WRONG", nil); res.StatusCode != 401 {
			t.Fatalf("status %d", res.StatusCode)
		}
	}
	if res, _ := w.do("GET", "/api/v1/requests", "thop_WRONG", nil); res.StatusCode != 429 || res.Header.Get("Retry-After") == "" {
		t.Errorf("status %d", res.StatusCode)
	}
	if res, _ := w.do("GET", "/api/v1/requests", good, nil); res.StatusCode != 200 {
		t.Errorf("a right token from the same address: %d", res.StatusCode)
	}
	if res, _ := w.login(good, "/"); res.StatusCode != 303 {
		t.Errorf("signing in from the same address: %d", res.StatusCode)
	}
	w.clock.Set(w.clock.Now().Add(2 * guessWindow))
	if res, _ := w.do("GET", "/api/v1/requests", "thop_WRONG", nil); res.StatusCode != 401 {
		t.Errorf("a wrong token after the wait: %d", res.StatusCode)
	}
}

// TestSession: a token opens a session, which ends by signing out, with its
// token, or with time.
func TestSession(t *testing.T) {
	ends := map[string]func(w *world, id, cookie string){
		"signing out": func(w *world, _, cookie string) { w.do("POST", "/dang-xuat", "", nil, "Cookie", cookie) },
		"revoking": func(w *world, id, _ string) {
			if err := w.portal.Desk.RevokeToken(w.t.Context(), local, id, ""); err != nil {
				w.t.Fatal(err)
			}
		},
		"time": func(w *world, _, _ string) { w.clock.Set(w.clock.Now().Add(sessionSpan)) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withExample()
			secret := w.token(report.RoleCoordinator, "")
			res, _ := w.do("GET", "/", "", nil)
			if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), "/dang-nhap") {
				t.Fatalf("status %d to %s", res.StatusCode, res.Header.Get("Location"))
			}
			res, _ = w.login(secret, "/yeu-cau/"+theRequest)
			if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/yeu-cau/"+theRequest {
				t.Fatalf("status %d to %s", res.StatusCode, res.Header.Get("Location"))
			}
			c := res.Cookies()[0]
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("cookie %+v", c)
			}
			cookie := c.Name + "=" + c.Value
			if res, b := w.do("GET", "/yeu-cau/"+theRequest, "", nil, "Cookie", cookie); res.StatusCode != 200 {
				t.Fatalf("signed in: %d %s", res.StatusCode, b)
			}
			if res, _ := w.do("POST", "/yeu-cau/"+theRequest+"/khoa", "", nil, "Cookie", cookie, "Sec-Fetch-Site", "cross-site"); res.StatusCode != 403 {
				t.Errorf("a form of another site: %d", res.StatusCode)
			}
			end(w, secretID(w), cookie)
			if res, _ := w.do("GET", "/yeu-cau/"+theRequest, "", nil, "Cookie", cookie); res.StatusCode != http.StatusSeeOther {
				t.Errorf("afterwards: %d", res.StatusCode)
			}
		})
	}
}

func (w *world) login(secret, next string) (*http.Response, []byte) {
	form := url.Values{"token": {secret}, "next": {next}}
	return w.do("POST", "/dang-nhap", "", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
}

// secretID is the id of the only token of a world.
func secretID(w *world) (id string) {
	w.portal.Books.Read(func(l *report.Ledger) {
		for id = range l.Tokens {
		}
	})
	return id
}

func TestLoginStaysHere(t *testing.T) {
	w := newWorld(t)
	secret := w.token(report.RoleAnalyst, "")
	for _, next := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "", "javascript:alert(1)"} {
		if res, _ := w.login(secret, next); res.Header.Get("Location") != "/" {
			t.Errorf("next %q leads to %q", next, res.Header.Get("Location"))
		}
	}
	res, b := w.login("thop_WRONG", "/")
	if res.StatusCode != 401 {
		t.Errorf("wrong token: %d", res.StatusCode)
	}
	mustContain(t, string(b), "<title>Lỗi: ", `role="alert"`)
}
