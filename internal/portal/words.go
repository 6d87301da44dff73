package portal

import "tonghop/report"

// roleWords names a role for people.
func roleWords(r report.Role) report.Text {
	switch r {
	case report.RoleAgency:
		return report.Text{VI: "đơn vị báo cáo", EN: "agency"}
	case report.RoleCoordinator:
		return report.Text{VI: "đơn vị tổng hợp", EN: "coordinator"}
	case report.RoleAnalyst:
		return report.Text{VI: "người khai thác số liệu", EN: "analyst"}
	case report.RoleAdmin:
		return report.Text{VI: "quản trị", EN: "administrator"}
	case report.RoleSystem:
		return report.Text{VI: "hệ thống", EN: "system"}
	}
	return report.Text{VI: string(r), EN: string(r)}
}

// actionWords names an action for people.
func actionWords(a report.Action) report.Text {
	switch a {
	case report.ActUpload:
		return report.Text{VI: "tải tệp của đơn vị này lên", EN: "upload for this agency"}
	case report.ActSubmit:
		return report.Text{VI: "nộp báo cáo của đơn vị này", EN: "submit for this agency"}
	case report.ActWithdraw:
		return report.Text{VI: "thu hồi báo cáo của đơn vị này", EN: "withdraw for this agency"}
	case report.ActReview:
		return report.Text{VI: "duyệt, trả lại hay điều chỉnh báo cáo", EN: "approve, return or adjust reports"}
	case report.ActClose:
		return report.Text{VI: "khoá hay mở lại kỳ báo cáo", EN: "close or reopen requests"}
	case report.ActApply:
		return report.Text{VI: "đặt biểu mẫu, danh mục, yêu cầu", EN: "apply definitions, registers, requests"}
	case report.ActRead:
		return report.Text{VI: "xem số liệu này", EN: "read these figures"}
	case report.ActTokens:
		return report.Text{VI: "cấp hay thu hồi mã truy cập", EN: "issue or revoke tokens"}
	}
	return report.Text{VI: string(a), EN: string(a)}
}
