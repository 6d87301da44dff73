package report

// Actor is who did it. Every event carries one.
type Actor struct {
	Role   Role   `json:"role"`
	Agency string `json:"agency,omitempty"` // role agency: whose
	ID     string `json:"id"`               // token's id, or "local" for a person at the machine itself
	Name   string `json:"name,omitempty"`
}

// Role is what an actor is allowed to do.
type Role string

// The roles.
const (
	RoleAgency      Role = "agency"      // a clerk of one agency
	RoleCoordinator Role = "coordinator" // the department that asks
	RoleAnalyst     Role = "analyst"     // reads
	RoleAdmin       Role = "admin"       // installs, issues tokens, and whatever a coordinator may
	RoleSystem      Role = "system"      // a worker of the program itself
)

// Words names the role for people.
func (r Role) Words() Text {
	switch r {
	case RoleAgency:
		return Text{VI: "đơn vị báo cáo", EN: "agency"}
	case RoleCoordinator:
		return Text{VI: "đơn vị tổng hợp", EN: "coordinator"}
	case RoleAnalyst:
		return Text{VI: "người khai thác số liệu", EN: "analyst"}
	case RoleAdmin:
		return Text{VI: "quản trị", EN: "administrator"}
	case RoleSystem:
		return Text{VI: "hệ thống", EN: "system"}
	}
	return Text{VI: string(r), EN: string(r)}
}

// Action is something an actor may want to do.
type Action string

// The actions.
const (
	ActUpload   Action = "upload" // upload, submit, withdraw
	ActAnswer   Action = "answer" // say what words of an upload mean
	ActForget   Action = "forget" // withdraw such an answer
	ActSubmit   Action = "submit"
	ActWithdraw Action = "withdraw"
	ActReview   Action = "review" // approve, return, adjust
	ActClose    Action = "close"  // close and reopen a request
	ActApply    Action = "apply"  // definitions, registers, requests
	ActRead     Action = "read"   // figures, states
	ActTokens   Action = "tokens" // issue and revoke
)

// Words names the action for people, as what one may or may not do.
func (a Action) Words() Text {
	switch a {
	case ActUpload:
		return Text{VI: "tải tệp của đơn vị này lên", EN: "upload for this agency"}
	case ActAnswer:
		return Text{VI: "trả lời câu hỏi về tệp của đơn vị này", EN: "answer questions about this agency's files"}
	case ActForget:
		return Text{VI: "bỏ câu trả lời đã ghi nhớ", EN: "withdraw remembered answers"}
	case ActSubmit:
		return Text{VI: "nộp báo cáo của đơn vị này", EN: "submit for this agency"}
	case ActWithdraw:
		return Text{VI: "thu hồi báo cáo của đơn vị này", EN: "withdraw for this agency"}
	case ActReview:
		return Text{VI: "duyệt, trả lại hay điều chỉnh báo cáo", EN: "approve, return or adjust reports"}
	case ActClose:
		return Text{VI: "khoá hay mở lại kỳ báo cáo", EN: "close or reopen requests"}
	case ActApply:
		return Text{VI: "đặt biểu mẫu, danh mục, yêu cầu", EN: "apply definitions, registers, requests"}
	case ActRead:
		return Text{VI: "xem số liệu này", EN: "read these figures"}
	case ActTokens:
		return Text{VI: "cấp hay thu hồi mã truy cập", EN: "issue or revoke tokens"}
	}
	return Text{VI: string(a), EN: string(a)}
}

// May reports whether the actor may do the action on the return of an agency
// ("" where no agency is concerned). A coordinator may upload for an agency;
// the event says who it was. An agency sees and does only what is its own.
func May(a Actor, do Action, agency string) bool {
	switch a.Role {
	case RoleAdmin, RoleSystem:
		return true
	case RoleCoordinator:
		return do != ActTokens
	case RoleAnalyst:
		return do == ActRead
	case RoleAgency:
		switch do {
		case ActUpload, ActAnswer, ActSubmit, ActWithdraw, ActRead:
			return a.Agency != "" && a.Agency == agency
		}
	}
	return false
}
