package paper

// laoCai are the files of lao-cai-ctxh: the centre fills in the form, the
// offices of the districts answer on the web, but for two that like Excel. Si Ma
// Cai does not answer.
func laoCai() []Piece {
	var out []Piece
	add := func(agency, name, request, ext string, make func(*Form, *Table) ([]byte, error)) {
		base := "nop/" + agency + "/" + name + "."
		out = append(out, Piece{Folder: "lao-cai-ctxh", Agency: agency, Table: base + "csv", File: base + ext, Request: request + ".yaml", OnForm: ext == "xlsx", make: make})
	}
	const centre = "ttctxh"
	add(centre, "quy-1-lan-1", "quy-1", "xlsx", (*Form).filled)
	add(centre, "quy-1-lan-2", "quy-1", "xlsx", (*Form).filled)
	for _, request := range []string{"thang-4", "quy-2", "thang-3-duong-lich", "quy-1-duong-lich"} {
		add(centre, request, request, "xlsx", (*Form).filled)
	}
	for _, agency := range []string{"pld-080", "pld-088"} {
		add(agency, "quy-1", "quy-1", "xlsx", (*Form).filled)
	}
	for _, agency := range []string{"pld-082", "pld-083", "pld-085", "pld-086", "pld-087", "pld-089"} {
		add(agency, "quy-1", "quy-1", "json", (*Form).online)
	}
	return out
}
