#include "limber-kiosk-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-kiosk-keys.h"
#include "limber-kiosk-words.h"

/* Keys of a keyboard move the focus to what they spell, and Enter chooses it: so that a scanner, which types letters too,
 * chooses nothing on its way. */
struct _LimberKioskQuestion {
  LimberKioskPage parent_instance;

  LimberKioskQuestionStep step;
  int                     number;    /* the figures typed so far */
  char                    spelt[12]; /* the letters typed so far */

  GtkLabel        *heading;
  GtkLabel        *hint;
  LimberKioskKeys *keys;
};

G_DEFINE_FINAL_TYPE (LimberKioskQuestion, limber_kiosk_question, LIMBER_TYPE_KIOSK_PAGE)

static gboolean
focus_month (LimberKioskQuestion *question)
{
  g_autofree char *wanted = g_utf8_casefold (question->spelt, -1);

  for (int month = 1; month <= 12; month++) {
    g_autofree char *name = g_utf8_casefold (limber_kiosk_words_month (month), -1);

    if (g_str_has_prefix (name, wanted))
      return gtk_widget_grab_focus (limber_kiosk_keys_find (question->keys, month));
  }
  return FALSE;
}

static gboolean
type_month (LimberKioskQuestion *question, char letter)
{
  gsize length = strlen (question->spelt);

  question->spelt[length < sizeof question->spelt - 1 ? length : 0] = letter;
  if (focus_month (question))
    return TRUE;
  /* Not a word so far: it is the beginning of another. */
  memset (question->spelt, 0, sizeof question->spelt);
  question->spelt[0] = letter;
  return focus_month (question);
}

static gboolean
limber_kiosk_question_typed (LimberKioskPage *page, gunichar letter)
{
  LimberKioskQuestion *question = LIMBER_KIOSK_QUESTION (page);
  GtkWidget *key;

  if (letter >= '0' && letter <= '9' && question->step != LIMBER_KIOSK_QUESTION_LETTER)
    return limber_kiosk_keys_type (question->keys, &question->number, (int) letter - '0');
  if (letter < 'A' || letter > 'Z')
    return FALSE;
  if (question->step == LIMBER_KIOSK_QUESTION_MONTH)
    return type_month (question, (char) letter);
  key = question->step == LIMBER_KIOSK_QUESTION_LETTER ? limber_kiosk_keys_find (question->keys, (int) letter) : NULL;
  return key != NULL && gtk_widget_grab_focus (key);
}

static void
add_days (LimberKioskQuestion *question)
{
  gtk_label_set_label (question->heading, _("Which day were you born?"));
  gtk_label_set_label (question->hint, _("Choose the day of the month. If you are here with somebody, answer for them."));
  g_object_set (question->keys, "columns", 8, NULL);
  for (int day = 1; day <= 31; day++) {
    char text[4];

    g_snprintf (text, sizeof text, "%d", day);
    limber_kiosk_keys_add (question->keys, text, "kiosk.day", day);
  }
}

/**
 * limber_kiosk_question_set_day:
 * @page: one that asks for the month
 * @day: the day that she has chosen
 */
void
limber_kiosk_question_set_day (LimberKioskPage *page, int day)
{
  /* Translators: %d is the day of the month that she has chosen. */
  g_autofree char *hint = g_strdup_printf (_("Day %d"), day);

  gtk_label_set_label (LIMBER_KIOSK_QUESTION (page)->hint, hint);
}

static void
add_months (LimberKioskQuestion *question, int day)
{
  gtk_label_set_label (question->heading, _("Which month were you born?"));
  limber_kiosk_question_set_day (LIMBER_KIOSK_PAGE (question), day);
  g_object_set (question->keys, "columns", 4, NULL);
  for (int month = 1; month <= 12; month++)
    limber_kiosk_keys_add (question->keys, limber_kiosk_words_month (month), "kiosk.month", month);
}

static void
add_letters (LimberKioskQuestion *question)
{
  gtk_label_set_label (question->heading, _("What is the first letter of your last name?"));
  gtk_label_set_label (question->hint, _("If your last name has more than one part, any part is fine. If you have one name only, use that."));
  g_object_set (question->keys, "columns", 9, NULL);
  /* These letters run from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (question->keys), GTK_TEXT_DIR_LTR);
  for (char letter = 'A'; letter <= 'Z'; letter++)
    limber_kiosk_keys_add (question->keys, (char[]){ letter, '\0' }, "kiosk.letter", letter);
}

static void
limber_kiosk_question_finalize (GObject *object)
{
  LimberKioskQuestion *question = LIMBER_KIOSK_QUESTION (object);

  explicit_bzero (&question->number, sizeof question->number);
  explicit_bzero (question->spelt, sizeof question->spelt);
  G_OBJECT_CLASS (limber_kiosk_question_parent_class)->finalize (object);
}

static void
limber_kiosk_question_class_init (LimberKioskQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = limber_kiosk_question_finalize;
  LIMBER_KIOSK_PAGE_CLASS (klass)->typed = limber_kiosk_question_typed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-question.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskQuestion, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskQuestion, hint);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskQuestion, keys);
}

static void
limber_kiosk_question_init (LimberKioskQuestion *question)
{
  gtk_widget_init_template (GTK_WIDGET (question));
}

/**
 * limber_kiosk_question_new:
 * @step: which question
 * @day: the day that was chosen before, 0 when none was
 * @month: the month that was chosen before, 0 when none was
 * @chosen: what was answered to this question before she went back, 0 when nothing was
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_question_new (LimberKioskQuestionStep step, int day, int month, int chosen)
{
  LimberKioskQuestion *question = g_object_new (LIMBER_TYPE_KIOSK_QUESTION, "step", (guint) step, NULL);
  GtkWidget *key;

  question->step = step;
  if (step == LIMBER_KIOSK_QUESTION_DAY)
    add_days (question);
  else if (step == LIMBER_KIOSK_QUESTION_MONTH)
    add_months (question, day);
  else
    add_letters (question);
  key = limber_kiosk_keys_find (question->keys, chosen);
  if (key != NULL)
    gtk_widget_add_css_class (key, "chosen");
  g_object_set (question, "first", key != NULL ? key : gtk_widget_get_first_child (GTK_WIDGET (question->keys)), NULL);
  return LIMBER_KIOSK_PAGE (question);
}
