import Domain
import Profiles

/// What the addresses of a whole table say together: their numbering, and the table of each.
struct AddressPlan {
    /// Nil where the table does not say it.
    var numbering: ModbusAccess.Numbering?
    /// Whether numbers of five or six digits are references, whose first digit is the table: 40001.
    var areReferences: Bool
    var remarks: [ImportRemark] = []

    /// - Parameter rows: each with its address and with the table that its function names.
    init(
        _ rows: [(address: AddressText, table: RegisterTable?)],
        said: ModbusAccess.Numbering?,
        file: ModbusAccess.Numbering?
    ) {
        let plain = rows.filter { $0.address.prefix == nil }
        let fits =
            !plain.isEmpty
            && plain.allSatisfy { row in
                guard let reference = row.address.reference else { return false }
                return row.table == nil || row.table == reference.table
            }
        // Beyond 65,535 there is no address: a number of six digits is a reference whatever else the table says.
        let mustBe = rows.contains { $0.address.first > 65_535 }
        areReferences = mustBe || (fits && said != .from0 && file != .from0)
        if let said {
            numbering = said
        } else if let file {
            numbering = file
        } else if areReferences || (!rows.isEmpty && plain.isEmpty && !rows.contains { $0.address.first == 0 }) {
            numbering = .from1
            if areReferences { remarks.append(ImportRemark(.referenceForm)) }
        } else if rows.contains(where: { $0.address.first == 0 }) {
            numbering = .from0
        } else {
            if rows.contains(where: { $0.address.isHexadecimal }) { remarks.append(ImportRemark(.hexadecimal)) }
        }
    }

    /// The register's number in the profile, and its table where the address names it.
    func place(_ address: AddressText) -> (number: Int, table: RegisterTable?) {
        if let prefix = address.prefix { return (address.first, prefix) }
        if areReferences, let reference = address.reference { return (reference.number, reference.table) }
        return (address.first, nil)
    }
}
