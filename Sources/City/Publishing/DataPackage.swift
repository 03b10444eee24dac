import Domain
import JSON

/// The description of exported files: a Tabular Data Package (Frictionless Data, version 1), which CKAN and Satu Data
/// portals take, with the columns of Satu Data beside each file.
struct DataPackage {
    static let file = "datapackage.json"

    let name: String
    let city: String
    let format: CityExport.Format
    let resources: [(resource: CityExport.Resource, standards: [SatuData])]

    var text: [UInt8] {
        var json = JSONText(reserving: 16 << 10)
        json.object([
            ("profile", .string("tabular-data-package")), ("name", .string(name)),
            ("title", .string("gateway-city, \(city)")), ("version", .string(Version.text)),
            ("resources", .array(resources.map { described($0.resource, $0.standards) })),
        ])
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func described(_ resource: CityExport.Resource, _ standards: [SatuData]) -> DataValue {
        let path = resource.file.name
        let kind = path.split(separator: ".").last.map(String.init) ?? "csv"
        var members: [(String, DataValue)] = [
            ("name", .string(String(path.prefix { $0 != "." }).replacing("_", with: "-"))), ("path", .string(path)),
            ("profile", .string("tabular-data-resource")), ("title", .string(resource.words.indonesian)),
            ("description", .string(resource.words.english)), ("format", .string(kind == "json" ? "ndjson" : kind)),
            ("mediatype", .string(Self.types[kind] ?? "application/octet-stream")),
            ("bytes", .integer(resource.file.bytes)),
        ]
        if kind != "xlsx" { members.append(("encoding", .string("utf-8"))) }
        members.append(("schema", Self.object([("fields", .array(resource.columns.map(field)))])))
        if !standards.isEmpty { members.append(("satu_data", .array(standards.map(\.value)))) }
        return Self.object(members)
    }

    private static let types = [
        "csv": "text/csv", "json": "application/x-ndjson",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]

    private func field(_ column: CityView.Column) -> DataValue {
        let type =
            switch column.kind {
            case .text, .other: "string"
            case .integer: "integer"
            case .number: "number"
            case .truth: "boolean"
            case .moment: "datetime"
            case .date: "date"
            }
        return Self.object([
            ("name", .string(column.name)), ("type", .string(type)), ("title", .string(column.words.indonesian)),
            ("description", .string(column.words.english)),
        ])
    }

    private static func object(_ members: [(String, DataValue)]) -> DataValue {
        .object(members.map { .init($0.0, $0.1) })
    }
}
