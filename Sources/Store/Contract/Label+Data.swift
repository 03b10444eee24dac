import Domain

extension Label {
    /// As it stands in payloads.
    var data: DataValue { .object([("en", .string(en)), ("id", .string(id))]) }

    init?(_ read: DataMembers) {
        guard let en = read.string("en"), let id = read.string("id") else { return nil }
        self.init(en: en, id: id)
    }
}
