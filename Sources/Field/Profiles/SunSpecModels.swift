/// The points of SunSpec models: name, place in the model (its id stands at 0), type, unit and scale factor, from the
/// SunSpec information model specification (sunspec.org, models of 2024). In model 160 the points of the first four
/// modules end with the module's number.
enum SunSpecModels {
    /// By the ids of the models that share a layout.
    static let layouts: [(models: [Int], points: String)] = [
        (
            [1],
            """
            Mn 2 str16, Md 18 str16, Opt 34 str8, Vr 42 str8, SN 50 str16, DA 66 u16
            """
        ),
        (
            [101, 102, 103],
            """
            A 2 u16 A A_SF, AphA 3 u16 A A_SF, AphB 4 u16 A A_SF, AphC 5 u16 A A_SF, PPVphAB 7 u16 V V_SF, \
            PPVphBC 8 u16 V V_SF, PPVphCA 9 u16 V V_SF, PhVphA 10 u16 V V_SF, PhVphB 11 u16 V V_SF, \
            PhVphC 12 u16 V V_SF, W 14 i16 W W_SF, Hz 16 u16 Hz Hz_SF, VA 18 i16 V.A VA_SF, \
            VAr 20 i16 V.A{reactive} VAr_SF, PF 22 i16 % PF_SF, WH 24 a32 W.h WH_SF, DCA 27 u16 A DCA_SF, \
            DCV 29 u16 V DCV_SF, DCW 31 i16 W DCW_SF, TmpCab 33 i16 Cel Tmp_SF, TmpSnk 34 i16 Cel Tmp_SF, \
            TmpTrns 35 i16 Cel Tmp_SF, TmpOt 36 i16 Cel Tmp_SF, St 38 e16, StVnd 39 e16, Evt1 40 b32, Evt2 42 b32, \
            EvtVnd1 44 b32, EvtVnd2 46 b32, EvtVnd3 48 b32, EvtVnd4 50 b32, A_SF 6 sf, V_SF 13 sf, W_SF 15 sf, \
            Hz_SF 17 sf, VA_SF 19 sf, VAr_SF 21 sf, PF_SF 23 sf, WH_SF 26 sf, DCA_SF 28 sf, DCV_SF 30 sf, \
            DCW_SF 32 sf, Tmp_SF 37 sf
            """
        ),
        (
            [111, 112, 113],
            """
            A 2 f32 A, AphA 4 f32 A, AphB 6 f32 A, AphC 8 f32 A, PPVphAB 10 f32 V, PPVphBC 12 f32 V, \
            PPVphCA 14 f32 V, PhVphA 16 f32 V, PhVphB 18 f32 V, PhVphC 20 f32 V, W 22 f32 W, Hz 24 f32 Hz, \
            VA 26 f32 V.A, VAr 28 f32 V.A{reactive}, PF 30 f32 %, WH 32 f32 W.h, DCA 34 f32 A, DCV 36 f32 V, \
            DCW 38 f32 W, TmpCab 40 f32 Cel, TmpSnk 42 f32 Cel, TmpTrns 44 f32 Cel, TmpOt 46 f32 Cel, St 48 e16, \
            StVnd 49 e16, Evt1 50 b32, Evt2 52 b32, EvtVnd1 54 b32, EvtVnd2 56 b32, EvtVnd3 58 b32, EvtVnd4 60 b32
            """
        ),
        (
            [120],
            """
            DERTyp 2 e16, WRtg 3 u16 W WRtg_SF, VARtg 5 u16 V.A VARtg_SF, VArRtgQ1 7 i16 V.A{reactive} VArRtg_SF, \
            VArRtgQ2 8 i16 V.A{reactive} VArRtg_SF, VArRtgQ3 9 i16 V.A{reactive} VArRtg_SF, \
            VArRtgQ4 10 i16 V.A{reactive} VArRtg_SF, ARtg 12 u16 A ARtg_SF, PFRtgQ1 14 i16 1 PFRtg_SF, \
            PFRtgQ2 15 i16 1 PFRtg_SF, PFRtgQ3 16 i16 1 PFRtg_SF, PFRtgQ4 17 i16 1 PFRtg_SF, \
            WHRtg 19 u16 W.h WHRtg_SF, AhrRtg 21 u16 A.h AhrRtg_SF, MaxChaRte 23 u16 W MaxChaRte_SF, \
            MaxDisChaRte 25 u16 W MaxDisChaRte_SF, WRtg_SF 4 sf, VARtg_SF 6 sf, VArRtg_SF 11 sf, ARtg_SF 13 sf, \
            PFRtg_SF 18 sf, WHRtg_SF 20 sf, AhrRtg_SF 22 sf, MaxChaRte_SF 24 sf, MaxDisChaRte_SF 26 sf
            """
        ),
        (
            [122],
            """
            PVConn 2 b16, StorConn 3 b16, ECPConn 4 b16, ActWh 5 a64 W.h, ActVAh 9 a64 V.A.h, \
            ActVArhQ1 13 a64 V.A.h{reactive}, ActVArhQ2 17 a64 V.A.h{reactive}, ActVArhQ3 21 a64 V.A.h{reactive}, \
            ActVArhQ4 25 a64 V.A.h{reactive}, VArAval 29 i16 V.A{reactive} VArAval_SF, \
            WAval 31 u16 V.A{reactive} WAval_SF, StSetLimMsk 33 b32, StActCtl 35 b32, TmSrc 37 str4, Tms 41 u32 s, \
            RtSt 43 b16, Ris 44 u16 Ohm Ris_SF, VArAval_SF 30 sf, WAval_SF 32 sf, Ris_SF 45 sf
            """
        ),
        (
            [124],
            """
            WChaMax 2 u16 W WChaMax_SF, WChaGra 3 u16 % WChaDisChaGra_SF, WDisChaGra 4 u16 % WChaDisChaGra_SF, \
            StorCtl_Mod 5 b16, VAChaMax 6 u16 V.A VAChaMax_SF, MinRsvPct 7 u16 % MinRsvPct_SF, \
            ChaState 8 u16 % ChaState_SF, StorAval 9 u16 A.h StorAval_SF, InBatV 10 u16 V InBatV_SF, ChaSt 11 e16, \
            OutWRte 12 i16 % InOutWRte_SF, InWRte 13 i16 % InOutWRte_SF, InOutWRte_WinTms 14 u16 s, \
            InOutWRte_RvrtTms 15 u16 s, InOutWRte_RmpTms 16 u16 s, ChaGriSet 17 e16, WChaMax_SF 18 sf, \
            WChaDisChaGra_SF 19 sf, VAChaMax_SF 20 sf, MinRsvPct_SF 21 sf, ChaState_SF 22 sf, StorAval_SF 23 sf, \
            InBatV_SF 24 sf, InOutWRte_SF 25 sf
            """
        ),
        (
            [160],
            """
            Evt 6 b32, N 8 u16, TmsPer 9 u16, ID1 10 u16, IDStr1 11 str8, DCA1 19 u16 A DCA_SF, DCV1 20 u16 V DCV_SF, \
            DCW1 21 u16 W DCW_SF, DCWH1 22 a32 W.h DCWH_SF, Tms1 24 u32 s, Tmp1 26 i16 Cel, DCSt1 27 e16, \
            DCEvt1 28 b32, ID2 30 u16, IDStr2 31 str8, DCA2 39 u16 A DCA_SF, DCV2 40 u16 V DCV_SF, \
            DCW2 41 u16 W DCW_SF, DCWH2 42 a32 W.h DCWH_SF, Tms2 44 u32 s, Tmp2 46 i16 Cel, DCSt2 47 e16, \
            DCEvt2 48 b32, ID3 50 u16, IDStr3 51 str8, DCA3 59 u16 A DCA_SF, DCV3 60 u16 V DCV_SF, \
            DCW3 61 u16 W DCW_SF, DCWH3 62 a32 W.h DCWH_SF, Tms3 64 u32 s, Tmp3 66 i16 Cel, DCSt3 67 e16, \
            DCEvt3 68 b32, ID4 70 u16, IDStr4 71 str8, DCA4 79 u16 A DCA_SF, DCV4 80 u16 V DCV_SF, \
            DCW4 81 u16 W DCW_SF, DCWH4 82 a32 W.h DCWH_SF, Tms4 84 u32 s, Tmp4 86 i16 Cel, DCSt4 87 e16, \
            DCEvt4 88 b32, DCA_SF 2 sf, DCV_SF 3 sf, DCW_SF 4 sf, DCWH_SF 5 sf
            """
        ),
        (
            [201, 202, 203, 204],
            """
            A 2 i16 A A_SF, AphA 3 i16 A A_SF, AphB 4 i16 A A_SF, AphC 5 i16 A A_SF, PhV 7 i16 V V_SF, \
            PhVphA 8 i16 V V_SF, PhVphB 9 i16 V V_SF, PhVphC 10 i16 V V_SF, PPV 11 i16 V V_SF, PhVphAB 12 i16 V V_SF, \
            PhVphBC 13 i16 V V_SF, PhVphCA 14 i16 V V_SF, Hz 16 i16 Hz Hz_SF, W 18 i16 W W_SF, WphA 19 i16 W W_SF, \
            WphB 20 i16 W W_SF, WphC 21 i16 W W_SF, VA 23 i16 V.A VA_SF, VAphA 24 i16 V.A VA_SF, \
            VAphB 25 i16 V.A VA_SF, VAphC 26 i16 V.A VA_SF, VAR 28 i16 V.A{reactive} VAR_SF, \
            VARphA 29 i16 V.A{reactive} VAR_SF, VARphB 30 i16 V.A{reactive} VAR_SF, \
            VARphC 31 i16 V.A{reactive} VAR_SF, PF 33 i16 % PF_SF, PFphA 34 i16 % PF_SF, PFphB 35 i16 % PF_SF, \
            PFphC 36 i16 % PF_SF, TotWhExp 38 a32 W.h TotWh_SF, TotWhExpPhA 40 a32 W.h TotWh_SF, \
            TotWhExpPhB 42 a32 W.h TotWh_SF, TotWhExpPhC 44 a32 W.h TotWh_SF, TotWhImp 46 a32 W.h TotWh_SF, \
            TotWhImpPhA 48 a32 W.h TotWh_SF, TotWhImpPhB 50 a32 W.h TotWh_SF, TotWhImpPhC 52 a32 W.h TotWh_SF, \
            TotVAhExp 55 a32 V.A.h TotVAh_SF, TotVAhExpPhA 57 a32 V.A.h TotVAh_SF, \
            TotVAhExpPhB 59 a32 V.A.h TotVAh_SF, TotVAhExpPhC 61 a32 V.A.h TotVAh_SF, \
            TotVAhImp 63 a32 V.A.h TotVAh_SF, TotVAhImpPhA 65 a32 V.A.h TotVAh_SF, \
            TotVAhImpPhB 67 a32 V.A.h TotVAh_SF, TotVAhImpPhC 69 a32 V.A.h TotVAh_SF, \
            TotVArhImpQ1 72 a32 V.A.h{reactive} TotVArh_SF, TotVArhImpQ1PhA 74 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhImpQ1PhB 76 a32 V.A.h{reactive} TotVArh_SF, TotVArhImpQ1PhC 78 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhImpQ2 80 a32 V.A.h{reactive} TotVArh_SF, TotVArhImpQ2PhA 82 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhImpQ2PhB 84 a32 V.A.h{reactive} TotVArh_SF, TotVArhImpQ2PhC 86 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhExpQ3 88 a32 V.A.h{reactive} TotVArh_SF, TotVArhExpQ3PhA 90 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhExpQ3PhB 92 a32 V.A.h{reactive} TotVArh_SF, TotVArhExpQ3PhC 94 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhExpQ4 96 a32 V.A.h{reactive} TotVArh_SF, TotVArhExpQ4PhA 98 a32 V.A.h{reactive} TotVArh_SF, \
            TotVArhExpQ4PhB 100 a32 V.A.h{reactive} TotVArh_SF, TotVArhExpQ4PhC 102 a32 V.A.h{reactive} TotVArh_SF, \
            Evt 105 b32, A_SF 6 sf, V_SF 15 sf, Hz_SF 17 sf, W_SF 22 sf, VA_SF 27 sf, VAR_SF 32 sf, PF_SF 37 sf, \
            TotWh_SF 54 sf, TotVAh_SF 71 sf, TotVArh_SF 104 sf
            """
        ),
        (
            [211, 212, 213, 214],
            """
            A 2 f32 A, AphA 4 f32 A, AphB 6 f32 A, AphC 8 f32 A, PhV 10 f32 V, PhVphA 12 f32 V, PhVphB 14 f32 V, \
            PhVphC 16 f32 V, PPV 18 f32 V, PPVphAB 20 f32 V, PPVphBC 22 f32 V, PPVphCA 24 f32 V, Hz 26 f32 Hz, \
            W 28 f32 W, WphA 30 f32 W, WphB 32 f32 W, WphC 34 f32 W, VA 36 f32 V.A, VAphA 38 f32 V.A, \
            VAphB 40 f32 V.A, VAphC 42 f32 V.A, VAR 44 f32 V.A{reactive}, VARphA 46 f32 V.A{reactive}, \
            VARphB 48 f32 V.A{reactive}, VARphC 50 f32 V.A{reactive}, PF 52 f32 1, PFphA 54 f32 1, PFphB 56 f32 1, \
            PFphC 58 f32 1, TotWhExp 60 f32 W.h, TotWhExpPhA 62 f32 W.h, TotWhExpPhB 64 f32 W.h, \
            TotWhExpPhC 66 f32 W.h, TotWhImp 68 f32 W.h, TotWhImpPhA 70 f32 W.h, TotWhImpPhB 72 f32 W.h, \
            TotWhImpPhC 74 f32 W.h, TotVAhExp 76 f32 V.A.h, TotVAhExpPhA 78 f32 V.A.h, TotVAhExpPhB 80 f32 V.A.h, \
            TotVAhExpPhC 82 f32 V.A.h, TotVAhImp 84 f32 V.A.h, TotVAhImpPhA 86 f32 V.A.h, TotVAhImpPhB 88 f32 V.A.h, \
            TotVAhImpPhC 90 f32 V.A.h, TotVArhImpQ1 92 f32 V.A.h{reactive}, TotVArhImpQ1phA 94 f32 V.A.h{reactive}, \
            TotVArhImpQ1phB 96 f32 V.A.h{reactive}, TotVArhImpQ1phC 98 f32 V.A.h{reactive}, \
            TotVArhImpQ2 100 f32 V.A.h{reactive}, TotVArhImpQ2phA 102 f32 V.A.h{reactive}, \
            TotVArhImpQ2phB 104 f32 V.A.h{reactive}, TotVArhImpQ2phC 106 f32 V.A.h{reactive}, \
            TotVArhExpQ3 108 f32 V.A.h{reactive}, TotVArhExpQ3phA 110 f32 V.A.h{reactive}, \
            TotVArhExpQ3phB 112 f32 V.A.h{reactive}, TotVArhExpQ3phC 114 f32 V.A.h{reactive}, \
            TotVArhExpQ4 116 f32 V.A.h{reactive}, TotVArhExpQ4phA 118 f32 V.A.h{reactive}, \
            TotVArhExpQ4phB 120 f32 V.A.h{reactive}, TotVArhExpQ4phC 122 f32 V.A.h{reactive}, Evt 124 b32
            """
        ),
        (
            [701],
            """
            ACType 2 e16, St 3 e16, InvSt 4 e16, ConnSt 5 e16, Alrm 6 b32, DERMode 8 b32, W 10 i16 W W_SF, \
            VA 11 i16 V.A VA_SF, Var 12 i16 V.A{reactive} Var_SF, PF 13 i16 - PF_SF, A 14 i16 A A_SF, \
            LLV 15 u16 V V_SF, LNV 16 u16 V V_SF, Hz 17 u32 Hz Hz_SF, TotWhInj 19 u64 W.h TotWh_SF, \
            TotWhAbs 23 u64 W.h TotWh_SF, TotVarhInj 27 u64 V.A.h{reactive} TotVarh_SF, \
            TotVarhAbs 31 u64 V.A.h{reactive} TotVarh_SF, TmpAmb 35 i16 Cel Tmp_SF, TmpCab 36 i16 Cel Tmp_SF, \
            TmpSnk 37 i16 Cel Tmp_SF, TmpTrns 38 i16 Cel Tmp_SF, TmpSw 39 i16 Cel Tmp_SF, TmpOt 40 i16 Cel Tmp_SF, \
            WL1 41 i16 W W_SF, VAL1 42 i16 V.A VA_SF, VarL1 43 i16 V.A{reactive} Var_SF, PFL1 44 i16 - PF_SF, \
            AL1 45 i16 A A_SF, VL1L2 46 u16 V V_SF, VL1 47 u16 V V_SF, TotWhInjL1 48 u64 W.h TotWh_SF, \
            TotWhAbsL1 52 u64 W.h TotWh_SF, TotVarhInjL1 56 u64 V.A.h{reactive} TotVarh_SF, \
            TotVarhAbsL1 60 u64 V.A.h{reactive} TotVarh_SF, WL2 64 i16 W W_SF, VAL2 65 i16 V.A VA_SF, \
            VarL2 66 i16 V.A{reactive} Var_SF, PFL2 67 i16 - PF_SF, AL2 68 i16 A A_SF, VL2L3 69 u16 V V_SF, \
            VL2 70 u16 V V_SF, TotWhInjL2 71 u64 W.h TotWh_SF, TotWhAbsL2 75 u64 W.h TotWh_SF, \
            TotVarhInjL2 79 u64 V.A.h{reactive} TotVarh_SF, TotVarhAbsL2 83 u64 V.A.h{reactive} TotVarh_SF, \
            WL3 87 i16 W W_SF, VAL3 88 i16 V.A VA_SF, VarL3 89 i16 V.A{reactive} Var_SF, PFL3 90 i16 - PF_SF, \
            AL3 91 i16 A A_SF, VL3L1 92 u16 V V_SF, VL3 93 u16 V V_SF, TotWhInjL3 94 u64 W.h TotWh_SF, \
            TotWhAbsL3 98 u64 W.h TotWh_SF, TotVarhInjL3 102 u64 V.A.h{reactive} TotVarh_SF, \
            TotVarhAbsL3 106 u64 V.A.h{reactive} TotVarh_SF, ThrotPct 110 u16 %, ThrotSrc 111 b32, \
            MnAlrmInfo 123 str32, A_SF 113 sf, V_SF 114 sf, Hz_SF 115 sf, W_SF 116 sf, PF_SF 117 sf, VA_SF 118 sf, \
            Var_SF 119 sf, TotWh_SF 120 sf, TotVarh_SF 121 sf, Tmp_SF 122 sf
            """
        ),
        (
            [713],
            """
            WHRtg 2 u16 W.h WH_SF, WHAvail 3 u16 W.h WH_SF, SoC 4 u16 % Pct_SF, SoH 5 u16 % Pct_SF, Sta 6 e16, \
            WH_SF 7 sf, Pct_SF 8 sf
            """
        ),
        (
            [802],
            """
            AHRtg 2 u16 A.h AHRtg_SF, WHRtg 3 u16 W.h WHRtg_SF, WChaRteMax 4 u16 W WChaDisChaMax_SF, \
            WDisChaRteMax 5 u16 W WChaDisChaMax_SF, DisChaRte 6 u16 % DisChaRte_SF, SoCMax 7 u16 % SoC_SF, \
            SoCMin 8 u16 % SoC_SF, SocRsvMax 9 u16 % SoC_SF, SoCRsvMin 10 u16 % SoC_SF, SoC 11 u16 % SoC_SF, \
            DoD 12 u16 % DoD_SF, SoH 13 u16 % SoH_SF, NCyc 14 u32, ChaSt 16 e16, LocRemCtl 17 e16, Hb 18 u16, \
            CtrlHb 19 u16, AlmRst 20 u16, Typ 21 e16, State 22 e16, StateVnd 23 e16, WarrDt 24 u32, Evt1 26 b32, \
            Evt2 28 b32, EvtVnd1 30 b32, EvtVnd2 32 b32, V 34 u16 V V_SF, VMax 35 u16 V V_SF, VMin 36 u16 V V_SF, \
            CellVMax 37 u16 V CellV_SF, CellVMaxStr 38 u16, CellVMaxMod 39 u16, CellVMin 40 u16 V CellV_SF, \
            CellVMinStr 41 u16, CellVMinMod 42 u16, CellVAvg 43 u16 V CellV_SF, A 44 i16 A A_SF, \
            AChaMax 45 u16 A AMax_SF, ADisChaMax 46 u16 A AMax_SF, W 47 i16 W W_SF, ReqInvState 48 e16, \
            ReqW 49 i16 W W_SF, SetOp 50 e16, SetInvState 51 e16, AHRtg_SF 52 sf, WHRtg_SF 53 sf, \
            WChaDisChaMax_SF 54 sf, DisChaRte_SF 55 sf, SoC_SF 56 sf, DoD_SF 57 sf, SoH_SF 58 sf, V_SF 59 sf, \
            CellV_SF 60 sf, A_SF 61 sf, AMax_SF 62 sf, W_SF 63 sf
            """
        ),
    ]
}
