public import Domain

/// Something that differs from one installed device of a model to the next: its phases, its slot, an option.
public struct Variant: Sendable {
    public var name: String
    /// The possible values, as they are written.
    public var values: [String]
    /// The value of a device that says nothing; nil where each device must say it.
    public var standard: String?
    /// What people call it.
    public var label: Label?
}

/// What is installed: a value of a variant.
public struct VariantChoice: Hashable, Sendable {
    public var variant: String
    public var value: String

    public init(_ variant: String, _ value: String) {
        self.variant = variant
        self.value = value
    }

    public static func isValue(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
            }
    }
}

/// The identity of a profile as it is read for one device: the hash of the file's text, and what is installed where
/// that is not the standard: `0123456789abcdef+phases=3,slot=2`. A verification, a record and a counter belong to it.
struct ProfileIdentity: Hashable {
    var text: String
    var choices: [VariantChoice]

    init(text: String, choices: [VariantChoice]) {
        self.text = text
        self.choices = choices.sorted { $0.variant < $1.variant }
    }

    init(_ hash: String) {
        let parts = hash.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        text = String(parts[0])
        choices = (parts.count > 1 ? parts[1].split(separator: ",") : []).compactMap { choice in
            let pair = choice.split(separator: "=", maxSplits: 1)
            return pair.count == 2 ? VariantChoice(String(pair[0]), String(pair[1])) : nil
        }
    }

    var hash: String { text + suffix }

    func without(_ isStandard: (VariantChoice) -> Bool) -> ProfileIdentity {
        ProfileIdentity(text: text, choices: choices.filter { !isStandard($0) })
    }

    /// Empty where all is standard.
    var suffix: String {
        choices.isEmpty ? "" : "+" + choices.map { "\($0.variant)=\($0.value)" }.joined(separator: ",")
    }
}
