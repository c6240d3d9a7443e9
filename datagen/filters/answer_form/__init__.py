"""Answer form: options that do not answer what their question asks for, are cut short, or whose words disagree.

In: question and options of both halves. Out: the first option at fault and why.
"""

from datagen.filters.answer_form.filter import AnswerForm

__all__ = ["AnswerForm"]
