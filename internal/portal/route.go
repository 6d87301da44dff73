package portal

import (
	"net/http"
	"slices"
	"strings"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// route is one address of the API: what it takes, what it gives, who answers.
type route struct {
	method, path string // path below apiRoot
	id           string // operationId
	group        string // tag of the document
	summary      string // Vietnamese, with English in brackets
	params       []param
	body         []body
	status       int    // of a reply that is a value; 200 unless given
	reply        any    // a value of the reply's type; nil for a file
	media        string // of a reply that is a file or a stream
	large        bool   // takes bodies as large as uploads
	handle       func(*call) (any, error)
}

// param is a parameter of the query.
type param struct {
	name    string
	kind    string // string, boolean, integer
	text    string
	example string
}

// body is one way of sending a body.
type body struct {
	media string
	of    any // a value of its type; nil for bytes
}

// limit is the largest body the route takes, in bytes.
func (r *route) limit(s *site) int64 {
	if r.large {
		return s.bodyLimit() + envelope
	}
	return maxJSON
}

// The parameters that several routes share.
var (
	pAgency    = param{"agency", "string", "Mã đơn vị (agency code)", "syt"}
	pPlace     = param{"place", "string", "Mã địa bàn (place code)", "288"}
	pIndicator = param{"indicator", "string", "Mã chỉ tiêu; lặp lại hoặc nối bằng dấu phẩy (indicator codes, repeated or joined by commas)", "1.02"}
	pLevel     = param{"level", "string", "Cấp địa bàn để gộp (level places are grouped at): province, district, commune", "district"}
	pAsOf      = param{"asOf", "string", "Số liệu như đã biết vào thời điểm ấy (as it was known then): RFC 3339, hoặc ngày", "2021-03-30T17:00:00+07:00"}
	pOfficial  = param{"official", "boolean", "Chỉ số đã duyệt; kỳ đã khoá và mọi bản đều được duyệt thì không cần ghi (approved figures only; needless once the request is closed and all that is heard is approved)", "true"}
	pBy        = param{"by", "string", "Trục giữ lại, nối bằng dấu phẩy; vắng: agency,place; rỗng: tổng (axes kept: agency, group, place, unit; absent: agency,place; empty: totals)", "agency,place"}
	pPeriod    = param{"period", "string", "Kỳ cần xem, gộp từ các yêu cầu cùng biểu mẫu nằm trong kỳ ấy; vắng: kỳ của yêu cầu (a period, made of the requests of this definition within it; absent: the request's own)", "2021-Q2"}
	pCalendar  = param{"calendar", "string", "Lịch của kỳ (calendar of the period): d09, civil, tt33-2016; vắng: lịch của yêu cầu (absent: the request's)", "civil"}
	pToDate    = param{"cumulative", "boolean", "Lũy kế từ đầu năm đến hết kỳ (from the start of the year to the end of the period)", "true"}
	pAgainst   = param{"against", "string", "So với kỳ trước, cùng kỳ năm trước, kế hoạch (compare with): previous, last-year, plan; nối bằng dấu phẩy (joined by commas)", "last-year"}
	pBounds    = param{"bounds", "boolean", "Khoảng của tổng nếu các đơn vị còn thiếu báo cáo như 8 kỳ gần nhất (between what sums would lie had the missing reported as in their last 8 periods)", "true"}
	pSearch    = param{"search", "string", "Chỉ các dòng có những từ này trong tên hoặc mã đơn vị, địa bàn, chỉ tiêu, không cần dấu; lặp lại: dòng phải có tất cả (only rows with these words in the name or code of agency, place or indicator, marks not needed; repeated: rows with all of them)", "ha dong"}
	pTop       = param{"top", "integer", "Chỉ bấy nhiêu dòng có số liệu lớn nhất của mỗi chỉ tiêu, kể cả các dòng bằng nhau (only so many rows with the greatest figures of each indicator, those alike included)", "10"}
	pLeast     = param{"least", "boolean", "Với top: nhỏ nhất thay vì lớn nhất (with top: the least instead of the greatest)", "true"}
	pTopBy     = param{"topBy", "string", "Với top: xếp theo phép so (with top: order by what a comparison of against gives): difference, index, growth", "plan.index"}
	pMap       = param{"map", "string", "Xem địa bàn theo bản đồ hành chính của ngày ấy; vắng: của chính kỳ báo cáo (places under the map of this day; absent: of the figures' own days)", "2025-07-01"}
	pAllocate  = param{"allocate", "string", "Chia số liệu của địa bàn bị tách (how what is divided is allocated): equal, population, weights", "equal"}
	pWeight    = param{"weight", "string", "Trọng số của địa bàn khi allocate=weights; lặp lại hoặc nối bằng dấu phẩy (weights of places, repeated or joined by commas)", "10525:3,10528:1"}
	pVersion   = param{"version", "string", "Phiên bản; vắng: bản mới nhất (version; absent: the newest)", "2021.1"}
)

var (
	workbook = body{media: client.MediaXLSX}
	oldExcel = body{media: "application/vnd.ms-excel"}
	csvText  = body{media: "text/csv"}
	anyFile  = body{media: client.MediaAny}
	form     = body{media: client.MediaJSON, of: Form{}}
	parts    = body{media: "multipart/form-data", of: Multipart{}}
	yaml     = body{media: "application/yaml"}
	jsonText = body{media: client.MediaJSON}
)

func jsonOf(v any) []body { return []body{{media: client.MediaJSON, of: v}} }

// routes is the whole API.
func routes() []route {
	var all []route
	for _, group := range [][]route{uploadRoutes(), decisionRoutes(), requestRoutes(), figureRoutes(), documentRoutes(), recordRoutes(), tokenRoutes()} {
		all = append(all, group...)
	}
	for i := range all {
		if all[i].status == 0 {
			all[i].status = http.StatusOK
		}
	}
	return all
}

func uploadRoutes() []route {
	const g, returns = "uploads", "/requests/{request}/returns/{agency}"
	submit := param{"submit", "boolean", "Nộp luôn khi không có lỗi (submit in one go when clean)", "true"}
	files := []body{workbook, oldExcel, csvText, anyFile, form, parts}
	return []route{
		{method: "POST", path: returns + "/uploads", id: "upload", group: g, summary: "Tải tệp hoặc biểu mẫu lên, nhận biên nhận (hand an upload in)",
			params: []param{submit}, body: files, large: true, status: http.StatusAccepted, reply: ingest.Receipt{}, handle: (*call).upload},
		{method: "GET", path: returns + "/uploads", id: "uploads", group: g, summary: "Các lần tải lên của một đơn vị (uploads of a return)",
			reply: api.Uploads{}, handle: (*call).uploads},
		{method: "POST", path: returns + "/check", id: "check", group: g, summary: "Kiểm tra, không lưu gì (check and keep nothing)",
			body: files, large: true, reply: api.Checked{}, handle: (*call).check},
		{method: "POST", path: returns + "/check/marked.xlsx", id: "checkMarked", group: g, summary: "Kiểm tra, không lưu gì, trả lại chính tệp đã gửi có đánh dấu lỗi (check, keep nothing, and give the file back marked)",
			body: files, large: true, media: client.MediaXLSX, handle: (*call).checkMarked},
		{method: "GET", path: "/uploads/{upload}", id: "uploadState", group: g, summary: "Trạng thái và phát hiện của một lần tải lên (state and findings)",
			reply: api.Upload{}, handle: (*call).uploadState},
		{method: "GET", path: "/uploads/{upload}/file", id: "uploadFile", group: g, summary: "Tệp gốc, đúng từng byte (the bytes as they came)",
			media: client.MediaAny, handle: (*call).uploadFile},
		{method: "POST", path: "/uploads/{upload}/answers", id: "answer", group: g, summary: "Trả lời câu hỏi về tệp; tệp được đọc lại (answer questions about an upload, which is read again)",
			body: jsonOf(api.Answers{}), status: http.StatusAccepted, reply: api.Upload{}, handle: (*call).answerQuestions},
		{method: "GET", path: "/uploads/{upload}/marked.xlsx", id: "uploadMarked", group: g, summary: "Tệp của đơn vị có đánh dấu lỗi; Tonghop-Apart nói vì sao khi là danh sách riêng (the agency's file with what was found marked; Tonghop-Apart says why where it is a list apart)",
			media: client.MediaXLSX, handle: (*call).uploadMarked},
		{method: "POST", path: "/marks", id: "marks", group: g, summary: "Dấu ẩn của biểu Excel (hidden marks of a workbook)",
			body: []body{workbook, oldExcel, anyFile, parts}, large: true, reply: api.Marks{}, handle: (*call).marks},
	}
}

func decisionRoutes() []route {
	const g, returns = "decisions", "/requests/{request}/returns/{agency}"
	return []route{
		{method: "POST", path: returns + "/submit", id: "submit", group: g, summary: "Nộp bản đã kiểm tra (submit)",
			body: jsonOf(api.Submit{}), reply: api.ReturnState{}, handle: (*call).submit},
		{method: "POST", path: returns + "/withdraw", id: "withdraw", group: g, summary: "Thu hồi (withdraw)",
			body: jsonOf(api.Withdraw{}), reply: api.ReturnState{}, handle: (*call).withdraw},
		{method: "POST", path: returns + "/approve", id: "approve", group: g, summary: "Duyệt (approve)",
			body: jsonOf(api.Approve{}), reply: api.ReturnState{}, handle: (*call).approve},
		{method: "POST", path: returns + "/adjust", id: "adjust", group: g, summary: "Điều chỉnh số liệu (adjust)",
			body: jsonOf(api.Adjust{}), reply: api.ReturnState{}, handle: (*call).adjust},
		{method: "POST", path: returns + "/return", id: "return", group: g, summary: "Trả lại (send back)",
			body: jsonOf(api.Return{}), reply: api.ReturnState{}, handle: (*call).sendBack},
		{method: "POST", path: "/requests/{request}/close", id: "close", group: g, summary: "Khoá kỳ báo cáo (close)",
			body: jsonOf(api.Close{}), reply: api.Status{}, handle: (*call).closeRequest},
		{method: "POST", path: "/requests/{request}/reopen", id: "reopen", group: g, summary: "Mở lại kỳ báo cáo (reopen)",
			body: jsonOf(api.Close{}), reply: api.Status{}, handle: (*call).reopenRequest},
	}
}

func requestRoutes() []route {
	const g, request = "requests", "/requests/{request}"
	return []route{
		{method: "GET", path: "/requests", id: "requests", group: g, summary: "Các yêu cầu báo cáo (requests)",
			reply: api.Requests{}, handle: (*call).requests},
		{method: "GET", path: request, id: "request", group: g, summary: "Một yêu cầu (a request)",
			reply: report.Request{}, handle: (*call).request},
		{method: "GET", path: request + "/status", id: "status", group: g, summary: "Ai đã nộp, ai chưa (who has reported)",
			params: []param{pAsOf}, reply: api.Status{}, handle: (*call).status},
		{method: "GET", path: request + "/template.xlsx", id: "template", group: g, summary: "Biểu Excel để điền (an agency's workbook)",
			params: []param{pAgency}, media: client.MediaXLSX, handle: (*call).template},
		{method: "GET", path: request + "/schema.json", id: "schema", group: g, summary: "JSON schema của biểu mẫu gửi bằng JSON (schema of the form)",
			params: []param{pAgency}, media: mediaSchema, handle: (*call).schema},
		{method: "GET", path: request + "/rules", id: "requestRules", group: g, summary: "Các quy tắc mà báo cáo của kỳ được kiểm tra theo (the rules that reports are judged by)",
			reply: api.Rules{}, handle: (*call).rulesOfRequest},
		{method: "POST", path: request + "/rules/try", id: "tryRules", group: g, summary: "Chạy thử bản dự thảo quy tắc trên mọi báo cáo đang có hiệu lực, không ghi gì (try a draft of rules on every report that counts, writing nothing)",
			body: []body{yaml, jsonText}, large: true, reply: api.Trial{}, handle: (*call).tryRules},
	}
}

func figureRoutes() []route {
	const g, request = "figures", "/requests/{request}"
	window := []param{pPeriod, pCalendar, pToDate, pMap, pAllocate, pWeight}
	rollup := slices.Concat([]param{pBy, pLevel, pIndicator, pAgency, pPlace, pAsOf, pOfficial}, window, []param{pAgainst, pSearch, pTop, pLeast, pTopBy})
	explain := slices.Concat([]param{pAgency, {"unit", "string", "Mã đơn vị cấp dưới (unit code)", ""}, pPlace, pLevel, pIndicator, pAsOf, pOfficial}, window)
	changes := []param{
		{"since", "string", "Từ thời điểm ấy; vắng: từ bản chính thức gần nhất (from then on; absent: from the newest official summary)", "2021-03-30T17:00:00+07:00"},
		{"until", "string", "Đến thời điểm ấy; vắng: hiện nay (to then; absent: now)", "2021-04-05"}, pOfficial,
	}
	return []route{
		{method: "GET", path: request + "/rollup", id: "rollup", group: g, summary: "Số tổng hợp (figures rolled up)",
			params: append(slices.Clone(rollup), pBounds), reply: aggregate.Rollup{}, handle: (*call).rollup},
		{method: "GET", path: request + "/rollup.csv", id: "rollupCSV", group: g, summary: "Số tổng hợp, CSV; cột provisional: true là TẠM TÍNH (the same as CSV; the column provisional says what is TẠM TÍNH)",
			params: append(slices.Clone(rollup), pBounds, param{"dialect", "string", "plain, hoặc excel-vi cho Excel tiếng Việt (or excel-vi for Excel on a Vietnamese machine)", "plain"}),
			media:  mediaCSV, handle: (*call).rollupCSV},
		{method: "GET", path: request + "/rollup.xlsx", id: "rollupXLSX", group: g, summary: "Số tổng hợp, một bảng Excel phẳng (the same as a flat sheet)",
			params: rollup, media: client.MediaXLSX, handle: (*call).rollupXLSX},
		{method: "GET", path: request + "/explain", id: "explain", group: g, summary: "Mở một con số đến ô nguồn (open a figure down to its cells)",
			params: explain, reply: aggregate.Explanation{}, handle: (*call).explain},
		{method: "GET", path: request + "/joint", id: "joint", group: g, summary: "Hai đơn vị nào báo cùng những con số tại một địa bàn, có thể là một việc được tính hai lần (which agencies report the same figures of one place, likely one event counted twice)",
			params: []param{pAsOf, pOfficial}, reply: aggregate.JointReport{}, handle: (*call).joint},
		{method: "GET", path: request + "/changes", id: "changes", group: g, summary: "Số liệu nào đã thay đổi giữa hai thời điểm, do ai, vì sao (which figures changed between two moments, by whom and why)",
			params: changes, reply: report.Changes{}, handle: (*call).changes},
		{method: "GET", path: request + "/changes.xlsx", id: "changesXLSX", group: g, summary: "Bản đính chính (the same as a correction notice)",
			params: changes, media: client.MediaXLSX, handle: (*call).changesXLSX},
		{method: "GET", path: request + "/summary.xlsx", id: "summary", group: g, summary: "Bảng tổng hợp trình Ủy ban nhân dân (the Committee's workbook)",
			params: []param{pAsOf, pOfficial}, media: client.MediaXLSX, handle: (*call).summary},
	}
}

func documentRoutes() []route {
	const g = "documents"
	put := func(path, id, summary string) route {
		return route{method: "PUT", path: path, id: id, group: g, summary: summary,
			body: []body{yaml, jsonText}, large: true, reply: api.AppliedList{}, handle: (*call).apply}
	}
	return []route{
		put("/documents", "applyDocuments", "Đưa biểu mẫu, danh mục, yêu cầu vào cùng một lần, kiểm tra tất cả trước khi ghi (apply documents of all kinds, checked together before any is recorded)"),
		put("/definitions", "applyDefinitions", "Đưa biểu mẫu vào (apply definitions)"),
		put("/registers", "applyRegisters", "Đưa danh mục vào (apply registers)"),
		put("/requests", "applyRequests", "Mở hoặc sửa yêu cầu (apply requests)"),
		{method: "GET", path: "/definitions", id: "definitions", group: g, summary: "Các biểu mẫu (definitions)",
			reply: api.Documents{}, handle: (*call).definitions},
		{method: "GET", path: "/definitions/{code}", id: "definition", group: g, summary: "Một biểu mẫu (a definition)",
			params: []param{pVersion}, reply: report.Definition{}, handle: (*call).definition},
		{method: "GET", path: "/definitions/{code}/rules", id: "rules", group: g, summary: "Các quy tắc của biểu mẫu, bằng lời (the rules of a definition, in words)",
			params: []param{pVersion, {"day", "string", "Ngày cuối kỳ, để biết mức có hiệu lực (last day of a period, to say how each weighs)", "2026-12-14"}},
			reply:  api.Rules{}, handle: (*call).rulesOfDefinition},
		{method: "GET", path: "/definitions/{code}/answers", id: "remembered", group: g, summary: "Các câu trả lời đang được nhớ của một biểu mẫu (answers that are remembered)",
			params: []param{pAgency}, reply: api.Remembered{}, handle: (*call).remembered},
		{method: "POST", path: "/definitions/{code}/answers/forget", id: "forget", group: g, summary: "Bỏ một câu trả lời đang được nhớ (withdraw a remembered answer)",
			body: jsonOf(api.Forget{}), reply: api.Remembered{}, handle: (*call).forget},
		{method: "GET", path: "/registers", id: "registers", group: g, summary: "Các danh mục (registers)",
			reply: api.Documents{}, handle: (*call).registers},
		{method: "GET", path: "/registers/{code}", id: "register", group: g, summary: "Một danh mục (a register)",
			params: []param{pVersion}, reply: report.Register{}, handle: (*call).register},
	}
}

func recordRoutes() []route {
	const g = "record"
	request := param{"request", "string", "Chỉ của yêu cầu này (only this request's)", "ngay-ctxh-2021"}
	return []route{
		{method: "GET", path: "/events", id: "events", group: g, summary: "Dòng sự kiện, SSE; tiếp từ Last-Event-ID (stream of changes)",
			params: []param{request, {"lastEventId", "integer", "Như Last-Event-ID, khi không đặt được tiêu đề (the same, where no header can be set)", "0"}},
			media:  "text/event-stream", handle: (*call).events},
		{method: "GET", path: "/log", id: "log", group: g, summary: "Nhật ký (the journal)",
			params: []param{{"from", "integer", "Số thứ tự bắt đầu (sequence to begin at)", "1"}, request, pAgency}, reply: api.Log{}, handle: (*call).log},
		{method: "POST", path: "/replay", id: "replay", group: g, summary: "Cộng lại từ đầu và so (fold the journal anew and compare)",
			reply: api.Replayed{}, handle: (*call).replay},
		{method: "POST", path: "/audit", id: "audit", group: g, summary: "Đối chiếu nhật ký, chuỗi niêm phong, tệp, bản chụp và số liệu (prove that journal, chain, files, snapshot and figures agree)",
			params: []param{{"link", "string", "Mắt xích đã chép ra ngoài, để tìm lại trong chuỗi (a link that was written down elsewhere, to be found in the chain)", strings.Repeat("0", 64)}},
			reply:  aggregate.Audited{}, handle: (*call).audit},
		{method: "GET", path: "/deadletters", id: "deadLetters", group: g, summary: "Tệp đã phải bỏ qua (uploads given up)",
			reply: api.DeadLetters{}, handle: (*call).deadLetters},
	}
}

func tokenRoutes() []route {
	const g = "tokens"
	return []route{
		{method: "GET", path: "/tokens", id: "tokens", group: g, summary: "Các mã truy cập (tokens)",
			reply: api.Tokens{}, handle: (*call).tokens},
		{method: "POST", path: "/tokens", id: "issueToken", group: g, summary: "Cấp mã truy cập (issue a token)",
			body: jsonOf(api.Token{}), status: http.StatusCreated, reply: api.Token{}, handle: (*call).issueToken},
		{method: "DELETE", path: "/tokens/{token}", id: "revokeToken", group: g, summary: "Thu hồi mã truy cập (revoke a token)",
			reply: api.Token{}, handle: (*call).revokeToken},
	}
}
