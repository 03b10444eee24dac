import Domain
import Importing
import Profiles
import Testing

@Suite struct `An import of a table` {
    @Test func `reads tables with commas, semicolons and tabs, with a mark at the beginning and any line ends`() {
        let rows = [["Address", "Name", "Type", "Unit"], ["40001", "Flow, now", "uint16", "m3/h"]]
        for separator in [",", ";", "\t"] {
            for ending in ["\n", "\r\n", "\r"] {
                let text =
                    "\u{FEFF}" + rows.map { $0.map { "\"\($0)\"" }.joined(separator: separator) + ending }.joined()
                let table = Imported(text)
                #expect(table.point("flow_now") == "holding 0 uint16 ABCD m3/h")
            }
        }
    }

    @Test(arguments: [
        "Address,Name,Type,Unit,Factor,R/W\n40003-40004,Flow,uint32,m3/h,0.1,R",
        "Alamat;Nama;Tipe Data;Satuan;Faktor;Akses\n40003-40004;Flow;uint32;m³/jam;0,1;R",
        "Adresse;Bezeichnung;Datentyp;Einheit;Faktor;Zugriff\n40003;Flow;U32;m3/h;0,1;R",
        "地址\t名称\t数据类型\t单位\t系数\t读写\n40003\tFlow\t无符号32位\tm3/h\t0.1\tR",
    ])
    func `finds the columns by heads in four languages`(text: String) {
        let table = Imported(text)
        #expect(table.point("flow") == "holding 2 uint32 ABCD m3/h 0.1")
        #expect(table.draft.whole == 1)
    }

    @Test(arguments: [
        ("40011", "holding 10"), ("30011", "input 10"), ("400011", "holding 10"), ("4x0011", "holding 10"),
        ("0", "holding 0"), ("0x0000", "holding 0"),
    ])
    func `knows the numbering where the table's numbers say it`(address: String, place: String) {
        let table = Imported("Address,Name,Type\n\(address),Flow,uint16") { $0.table = .holding }
        #expect(!table.draft.isNumberingOpen)
        #expect(table.point("flow") == "\(place) uint16 ABCD" || place.hasPrefix("input"))
        #expect(
            address != "30011"
                || Imported("Address,Name,Type\n30011,Flow,uint16").point("flow")?.hasPrefix("input") == true
        )
    }

    @Test(arguments: ["7", "0x0010", "40000", "000A"])
    func `leaves the numbering blank where they do not`(address: String) {
        let table = Imported("Address,Name,Type\n\(address),Flow,uint16") { $0.table = .holding }
        #expect(table.draft.isNumberingOpen)
        #expect(table.draft.text.contains("numbering: TODO from_0 or from_1"))
        #expect(
            table.draft.text.contains("holding: \(["7": 7, "0x0010": 16, "40000": 40_000, "000A": 10][address] ?? -1)")
        )
    }

    @Test func `takes five digits for an address where the function contradicts them`() {
        let table = Imported("Address,Function,Name,Type\n32080,03,Power,int16\n40126,03,Limit,int16")
        #expect(table.draft.isNumberingOpen)
        #expect(table.point("power") == "holding 32080 int16 ABCD")
    }

    @Test func `never guesses the word order, nor whether registers are holding or input registers`() {
        let table = Imported("Address,Name,Type\n0,Flow,float\n2,Level,uint16")
        #expect(table.draft.isOrderOpen)
        #expect(table.draft.isTableOpen)
        #expect(table.draft.telling == "flow")
        let single = Imported("Address,Name,Type\n0,Level,uint16") { $0.table = .input }
        #expect(!single.draft.isOrderOpen)
        #expect(single.point("level") == "input 0 uint16 ABCD")
    }

    @Test(arguments: [
        ("uint16be", "uint16 ABCD"), ("floatle", "float32 DCBA"), ("floatsw", "float32 CDAB"),
        ("uint32sw", "uint32 CDAB"),
        ("uint32sb", "uint32 BADC"), ("doublebe", "float64 ABCD"), ("U_DWORD_R", "uint32 CDAB"), ("S_WORD", "int16"),
        ("FP32", "float32"), ("FLOAT32-IEEE", "float32"), ("int32s", "int32 CDAB"), ("s64", "int64"), ("u16", "uint16"),
        ("REAL4", "float32"), ("Unsigned 32-bit integer", "uint32"), ("16 bit signed", "int16"), ("DINT", "int32"),
        ("bcd32", "bcd32"), ("有符号16位", "int16"),
    ])
    func `knows the type words of other tools`(word: String, type: String) {
        let table = Imported("Address,Name,Type\n0,Flow,\(word)") { $0.table = .holding }
        #expect(table.point("flow")?.hasPrefix("holding 0 \(type)") == true)
        #expect(table.kinds.isEmpty)
    }

    @Test(arguments: [
        ("0.1", "0.1"), ("0,1", "0.1"), ("x0.1", "0.1"), ("×10", "10"), ("/10", "0.1"), ("1/100", "0.01"),
        ("10^-3", "0.001"), ("1e-2", "0.01"), ("÷ 10", "0.1"),
    ])
    func `understands factors as people write them`(text: String, scale: String) {
        let table = Imported("Address;Name;Type;Factor\n0;Flow;uint16;\(text)") { $0.table = .holding }
        #expect(table.point("flow") == "holding 0 uint16 ABCD \(scale)")
    }

    @Test func `does not guess whether a factor of ten multiplies or divides`() {
        let text = "Address;Name;Type;Factor\n0;Flow;uint16;10"
        let open = Imported(text) { $0.table = .holding }
        #expect(open.draft.text.contains("scale: TODO 10 or 0.1"))
        #expect(open.kinds == [.factorSense("10")])
        for (sense, scale) in [(FactorSense.times, "10"), (.divided, "0.1")] {
            let said = Imported(text) {
                $0.table = .holding
                $0.factor = sense
            }
            #expect(said.point("flow") == "holding 0 uint16 ABCD \(scale)")
        }
    }

    @Test func `leaves out what is only written, and says so`() {
        let table = Imported("Address,Name,Type,Access\n0,Flow,uint16,R\n1,Reset,uint16,W\n2,Start,uint16,WO") {
            $0.table = .holding
        }
        #expect(table.draft.points == 1)
        #expect(table.kinds == [.noWrite, .noWrite])
        #expect(table.draft.text.contains("# line 3: 1 | Reset | uint16 | W"))
    }

    @Test func `takes a unit from the name, and a step from the unit`() {
        let table = Imported("Address,Name,Type,Unit\n0,Voltage (V),uint16,\n1,Current,uint16,0.01A") {
            $0.table = .input
        }
        #expect(table.point("voltage_v") == "input 0 uint16 ABCD V")
        #expect(table.point("current") == "input 1 uint16 ABCD A 0.01")
    }

    @Test func `makes names that are letters, and each once`() {
        let table = Imported(
            "Address,Name,Type\n0,Débit,uint16\n1,Débit,uint16\n2,电压,uint16\n3,***,uint16\n4,3 phase,uint16"
        ) {
            $0.table = .holding
        }
        #expect(table.profile?.points.map(\.name) == ["debit", "debit_2", "voltage", "register_3", "p_3_phase"])
    }

    @Test func `writes what single values mean`() {
        let table = Imported("Address;Name;Type;Description\n0;State;uint16;0: off; 1: on, 2 = error") {
            $0.table = .holding
        }
        #expect(table.profile?.points.first?.codes == [0: "off", 1: "on", 2: "error"])
    }

    @Test func `puts the bits of one register into one point`() {
        let table = Imported("Address,Name,Type\n40010.0,Fault,bool\n40010.3,Empty pipe,bool")
        #expect(table.profile?.points.first?.fields.map(\.name) == ["fault", "empty_pipe"])
        #expect(table.draft.points == 2)
    }

    @Test func `takes columns that a person maps`() {
        let table = Imported("Wo,Was,Wie\n0,Durchfluss,u16") {
            $0.table = .holding
            $0.columns = [("Wo", .address), ("2", .name), ("Wie", .type)]
        }
        #expect(table.point("durchfluss") == "holding 0 uint16 ABCD")
    }

    @Test func `skips titles above the heads, sections and heads that come again`() {
        let table = Imported("Manual,,\nAddress,Name,Type\nFlow,,\n0,A,uint16\nAddress,Name,Type\n1,B,uint16") {
            $0.table = .holding
        }
        #expect(table.draft.rows == 2)
        #expect(table.draft.points == 2)
    }

    @Test func `says which type contradicts the number of registers`() {
        let table = Imported("Address,Name,Type\n40001-40002,Flow,uint16")
        #expect(table.kinds == [.tooManyRegisters(type: "uint16", registers: 2)])
    }
}
