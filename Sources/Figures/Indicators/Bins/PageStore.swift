/// Pages by their keys: memory holds those in use, the others are where they were saved.
struct PageStore<Key: Hashable & Sendable & CustomStringConvertible, Page: Sendable & Equatable>: Sendable {
    private struct Held: Sendable {
        var page: Page
        var isDirty = false
    }

    private let empty: Page
    private let load: BinStore.Load
    private var held: [Key: Held] = [:]
    /// Pages that could not be read; they begin anew, and the operator must learn of it.
    private(set) var unreadable: [String] = []

    init(empty: Page, load: @escaping BinStore.Load) {
        self.empty = empty
        self.load = load
    }

    func holds(_ key: Key) -> Bool { held[key] != nil }

    /// Takes a page into memory.
    ///
    /// - Parameter read: decodes the saved bytes; nil if they are not a page.
    mutating func open(_ key: Key, _ read: ([UInt8]) -> Page?) {
        if held[key] == nil { held[key] = Held(page: saved(key, read)) }
    }

    /// A page that was opened.
    subscript(key: Key) -> Page { held[key]?.page ?? empty }

    /// A page as it stands, without taking it into memory.
    mutating func glance(_ key: Key, _ read: ([UInt8]) -> Page?) -> Page {
        held[key]?.page ?? saved(key, read)
    }

    /// Changes a page that was opened.
    mutating func change(_ key: Key, _ body: (inout Page) -> Void) {
        let fresh = Held(page: empty)
        body(&held[key, default: fresh].page)
        held[key]?.isDirty = true
    }

    private mutating func saved(_ key: Key, _ read: ([UInt8]) -> Page?) -> Page {
        guard let bytes = load("\(key)") else { return empty }
        if let page = read(bytes) { return page }
        unreadable.append("\(key)")
        return empty
    }

    /// Pages that are as they were saved, and no longer in use, leave memory.
    mutating func letGo(keeping isKept: (Key) -> Bool) { held = held.filter { $0.value.isDirty || isKept($0.key) } }

    /// What has changed since the last call, as bytes to save; pages that are no longer in use leave memory.
    mutating func takeChanges(
        keeping isKept: (Key) -> Bool,
        bytes: (Page) -> [UInt8]
    ) -> [(key: String, value: [UInt8])] {
        var changes: [(key: String, value: [UInt8])] = []
        for (key, held) in held where held.isDirty {
            changes.append(("\(key)", bytes(held.page)))
            self.held[key]?.isDirty = false
        }
        held = held.filter { isKept($0.key) }
        return changes.sorted { $0.key < $1.key }
    }
}
