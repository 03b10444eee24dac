public import Domain
import Foundation
import Platform
public import Store

/// Writes what the views have as files, with a description of each (a Tabular Data Package with the columns of Satu
/// Data, Perpres 39/2019). A file is there whole or not at all.
public struct CityExport {
    public enum Format: String, Sendable, CaseIterable {
        case csv, json, xlsx
    }

    /// What was written.
    public struct File: Hashable, Sendable {
        public var name: String
        public var rows: Int
        public var bytes: Int64
    }

    /// The rows are more than a sheet has room for.
    public struct TooManyRows: Error {
        public var rows: Int
    }

    let city: String
    let zone: Zone
    let database: Postgres
    let format: Format
    let folder: String

    /// - Parameter folder: is made if it is not there.
    public init(city: String, zone: Zone, database: Postgres, format: Format, folder: String) {
        self.city = city
        self.zone = zone
        self.database = database
        self.format = format
        self.folder = folder
    }

    /// Writes the readings of a local day, one row a point.
    ///
    /// - Parameter owner: only those of this owner's devices; nil: all that the database's role sees.
    public func readings(of day: Day, owner: String?) throws -> [File] {
        var question = [
            ("waktu", "gte." + zone.start(of: day).description), ("waktu", "lt." + zone.start(of: day + 1).description),
        ]
        if let owner { question.append(("pemilik", "eq." + owner)) }
        let resource = try write(view: "bacaan", question, to: "bacaan-\(day)")
        let standards = try SatuData.points(of: day, zone: zone, in: database)
        return try describe([(resource, standards)], name: "\(city)-bacaan-\(day)")
    }

    /// Writes the city's figures, one row a window.
    ///
    /// - Parameter indicator: nil for every one.
    public func figures(
        of indicator: String?,
        windows: [String],
        from: Day,
        to: Day
    ) throws -> [File] {
        var question = [
            ("window", "in.(\(windows.joined(separator: ",")))"), ("from", "gte." + zone.start(of: from).description),
            ("from", "lt." + zone.start(of: to + 1).description), ("order", "indicator,scope,window,from"),
        ]
        if let indicator { question.append(("indicator", "eq." + indicator)) }
        let resource = try write(view: "bukti_evaluasi", question, to: "indikator")
        let areas = try write(table: "wilayah", AreaTable.sql)
        let standards = try SatuData.indicators(indicator, in: database)
        return try describe([(resource, standards), (areas, [])], name: "\(city)-indikator")
    }

    // MARK: Files

    /// A file of the package and the columns that it has.
    struct Resource {
        var file: File
        var words: CityView.Words
        var columns: [CityView.Column]
    }

    private func write(view name: String, _ question: [(String, String)], to stem: String) throws -> Resource {
        let views = try CityView.all(in: database)
        guard let view = views.first(where: { $0.name == name }) else {
            throw StoreError(.refused, detail: "no view kota.\(name)")
        }
        let query = try RowQuery(question.map { (name: $0.0, value: $0.1) }, of: view)
        let path = stem + "." + format.rawValue
        let file = try rows(query, to: path)
        return Resource(file: file, words: view.words, columns: view.columns)
    }

    private func rows(_ query: RowQuery, to name: String) throws -> File {
        let path = try place(of: name)
        switch format {
        case .csv:
            let text = DelimitedText(isForSpreadsheets: true)
            let head = DelimitedText.mark + text.line(query.columns.map(\.name))
            return try stream(query.wholeTextSQL, query.values, to: path, name: name, beginning: head) { rows, row in
                text.line(query.columns.indices.map { rows[row, $0] })
            }
        case .json:
            return try stream(query.wholeJSONSQL, query.values, to: path, name: name, beginning: "") { rows, row in
                (rows[row, 0] ?? "null") + "\n"
            }
        case .xlsx: return try workbook(query, to: path, name: name)
        }
    }

    private func stream(
        _ sql: String,
        _ values: [String?],
        to path: String,
        name: String,
        beginning: String,
        _ line: (PostgresRows, Int) -> String
    ) throws -> File {
        var draft = try DraftFile(path)
        var count = 0
        try draft.write(Array(beginning.utf8))
        try RowCursor.read(sql, values, in: database) { rows throws(SystemError) in
            var bytes: [UInt8] = []
            for row in 0..<rows.count { bytes += line(rows, row).utf8 }
            try draft.write(bytes)
            count += rows.count
        }
        let file = File(name: name, rows: count, bytes: draft.count)
        try draft.finish()
        return file
    }

    private func write(table name: String, _ sql: String) throws -> Resource {
        let text = DelimitedText(isForSpreadsheets: true)
        let columns = AreaTable.columns
        let file = name + ".csv"
        let written = try stream(
            sql,
            [],
            to: place(of: file),
            name: file,
            beginning: DelimitedText.mark + text.line(columns.map(\.name))
        ) { rows, row in text.line(columns.indices.map { rows[row, $0] }) }
        return Resource(file: written, words: AreaTable.words, columns: columns)
    }

    private func describe(_ resources: [(Resource, [SatuData])], name: String) throws -> [File] {
        let text = DataPackage(name: name, city: city, format: format, resources: resources).text
        try AtomicFile.write(text, to: place(of: DataPackage.file))
        return resources.map(\.0.file) + [File(name: DataPackage.file, rows: 1, bytes: Int64(text.count))]
    }

    private func place(of name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + name
        guard AtomicFile.canReplace(path) else { throw NotReplaceable(path: path) }
        return path
    }

    /// Something that is no file has the name.
    public struct NotReplaceable: Error {
        public var path: String
    }
}

/// Names and reference codes of areas.
enum AreaTable {
    static let sql = "select scope, name, kind, kemendagri_code, bps_code, parent from area order by kind, scope"

    static let words = CityView.Words(comment: "Names and reference codes of areas / Nama dan kode referensi wilayah")

    static let columns: [CityView.Column] = [
        column("scope", "The word in figures / Kata pada angka"), column("name", "Name / Nama"),
        column("kind", "kota, kecamatan or kelurahan / kota, kecamatan atau kelurahan"),
        column("kemendagri_code", "Code of the Ministry of Home Affairs / Kode Kemendagri"),
        column("bps_code", "Code of Statistics Indonesia / Kode BPS"),
        column("parent", "The area that it lies in / Wilayah induknya"),
    ]

    private static func column(_ name: String, _ comment: String) -> CityView.Column {
        CityView.Column(name: name, type: "text", words: CityView.Words(comment: comment))
    }
}
