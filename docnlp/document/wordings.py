"""Heading wordings that structure needs: what is certainly a heading even without a number."""

from __future__ import annotations

import re

#: Unnumbered lines that are headings by their words alone (folded, without a final colon).
PLAIN_HEADINGS = re.compile(
    r"(?:前言|导语|引言|指导思想|总体要求|总体思路|基本思路|工作思路|总体目标|工作目标|活动目标|创建目标|主要目标|目标任务|目标要求|工作目标和任务|"
    r"基本原则|工作原则|活动主题|活动时间|活动地点|活动对象|参加对象|参与对象|活动范围|活动内容|活动安排|活动形式|活动要求|活动目的|活动背景|活动意义|目的意义|"
    r"主要任务|重点任务|工作任务|主要内容|工作内容|工作重点|重点工作|主要措施|工作措施|具体措施|主要做法|具体做法|主要工作|"
    r"实施步骤|方法步骤|工作步骤|活动步骤|时间安排|进度安排|实施时间|步骤安排|工作安排|组织领导|组织机构|组织实施|领导小组|责任分工|任务分工|职责分工|"
    r"保障措施|工作保障|组织保障|工作要求|有关要求|几点要求|具体要求|基本情况|单位概况|单位简介|工作概况|总体情况|工作开展情况|工作情况|"
    r"工作成效|主要成效|取得成效|取得的成效|主要成绩|工作亮点|特色亮点|经验体会|主要经验|几点体会|存在问题|存在的问题|存在的不足|问题与不足|存在的主要问题|存在问题及不足|"
    r"下一步打算|下步打算|下一步工作打算|下一步工作|下一步工作安排|下一步工作计划|今后打算|今后工作打算|努力方向|整改措施|结束语|结语)"
)


_LONGEST_FIRST = re.compile("|".join(sorted(PLAIN_HEADINGS.pattern[3:-1].split("|"), key=len, reverse=True)))


def heading_prefix(folded: str, start: int, end: int) -> int | None:
    """Where a well-known heading that was glued to its text ends; None where [start, end) begins with none.

    The word behind must be able to begin a sentence, so that 工作目标责任书 is not cut after 工作目标.
    """
    m = _LONGEST_FIRST.match(folded, start, end)
    if m is None or m.end() >= end:
        return None
    return m.end() if folded[m.end()] not in ",。:;、)的和与及是为有书制表" else None


#: A line that ends on one of these can be a signature.
UNIT_TAIL = re.compile(
    r"(?:局|办|委|会|部|院|校|处|所|站|队|厅|府|社|园|馆|场|厂|区|县|市|镇|乡|村|街道|中心|公司|集团|支部|党委|党组|小组|大队|支队|中学|小学|大学|学院|学校|幼儿园|医院|银行|法院|支行|分行|管理处|办公室|委员会|工会|指挥部|部门)\)?$"
)
