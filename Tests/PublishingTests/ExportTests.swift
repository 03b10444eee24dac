import Foundation
import Store
import TestSupport
import Testing

@Suite(.serialized, .withCity) struct `Exports of the city` {
    private let city: ServedCity
    private let folder: ScratchFolder

    init() throws {
        city = try #require(ServedTrait.city)
        folder = try ScratchFolder()
    }

    private func text(_ name: String) throws -> String {
        // Foundation's String of a file would leave out the mark.
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)), as: UTF8.self)
    }

    private func description() throws -> [[String: Any]] {
        let tree = try JSONSerialization.jsonObject(with: Data(text("datapackage.json").utf8)) as? [String: Any]
        return try #require(tree?["resources"] as? [[String: Any]])
    }

    @Test func `of a day are CSV with a mark, CRLF and no formula`() throws {
        #expect(try city.run("export", "--day", "2026-11-28", "-o", folder.path).status == 0)
        let csv = try text("bacaan-2026-11-28.csv")
        #expect(csv.hasPrefix("\u{FEFF}gerbang,lokasi,"))
        #expect(csv.components(separatedBy: "\r\n").count == 3242)
        #expect(csv.contains("\"'=1+1, \"\"x\"\"\""))
        let resource = try description()[0]
        #expect(resource["path"] as? String == "bacaan-2026-11-28.csv")
        #expect(resource["bytes"] as? Int == csv.utf8.count)
        let standards = try #require(resource["satu_data"] as? [[String: String]])
        #expect(standards.first { $0["variabel"] == "flow" }?["nama"] == "Debit")
        #expect(standards.first { $0["variabel"] == "volume" }?["satuan"] == "m3")
    }

    @Test func `of a day may be one owner's alone`() throws {
        let arguments = ["export", "--day", "2026-11-28", "--owner", "DLHKP", "--format", "json", "-o", folder.path]
        #expect(try CityProgram.run(arguments + ["--config", city.configuration]).status == 0)
        let lines = try text("bacaan-2026-11-28.json").split(separator: "\n")
        #expect(lines.count == 1620)
        #expect(lines.allSatisfy { $0.contains("\"pemilik\":\"DLHKP\"") })
    }

    @Test func `of figures have Satu Data's columns and the codes of areas`() throws {
        try city.database.owner.run(
            """
            insert into area values ('kelurahan-bawang', 'Bawang', 'kelurahan', '35.71.03.1001', '3571020001', null)
            on conflict do nothing
            """
        )
        #expect(try city.run("export", "--indicator", "waste-collected", "-o", folder.path).status == 0)
        #expect(try text("indikator.csv").components(separatedBy: "\r\n").count == 65)
        #expect(try text("wilayah.csv").contains("kelurahan-bawang,Bawang,kelurahan,35.71.03.1001,3571020001,"))
        let standards = try #require(try description()[0]["satu_data"] as? [[String: String]])
        #expect(standards.count == 1)
        for column in ["konsep", "definisi", "klasifikasi", "ukuran", "satuan"] {
            #expect(standards[0][column]?.isEmpty == false, "\(column)")
        }
    }

    @Test func `are workbooks that another program reads`() throws {
        #expect(try city.run("export", "--day", "2026-11-28", "--format", "xlsx", "-o", folder.path).status == 0)
        let path = folder.path + "/bacaan-2026-11-28.xlsx"
        let code = """
            import openpyxl, sys
            sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
            print(sheet.max_row, sorted({type(row[6].value).__name__ for row in sheet.iter_rows(min_row=2)}))
            """
        let named = ProcessInfo.processInfo.environment["GATEWAY_TEST_PYTHON"]
        let python = named ?? Repository.root + "/.build/python/bin/python"
        let read = try ChildProcess.run(python, ["-c", code, path])
        #expect(read.lines == ["3241 ['float', 'int']"])
    }

    @Test(arguments: [
        ["--day", "yesterday"], [], ["--day", "2026-11-28", "--indicator", "all"],
        ["--indicator", "all", "--window", "week"],
    ])
    func `refuse wrong use`(_ arguments: [String]) throws {
        let words = ["export", "-o", folder.path] + arguments + ["--config", city.configuration]
        #expect(try CityProgram.run(words).status == 2)
    }

    @Test func `replace no folder`() throws {
        let place = folder.path + "/bacaan-2026-11-28.csv"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        #expect(try city.run("export", "--day", "2026-11-28", "-o", folder.path).status == 2)
    }
}
