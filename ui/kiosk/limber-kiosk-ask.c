#include "limber-kiosk-ask.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-kiosk-keys.h"
#include "limber-kiosk-language.h"

/* So few options leave room for tall ones. */
#define TALL_OPTIONS 3

/* Figures of a keyboard move the focus to their key, and Enter chooses it, as with LimberKioskQuestion. */
struct _LimberKioskAsk {
  LimberKioskPage parent_instance;

  int              number; /* the figures typed so far */
  GtkLabel        *progress;
  GtkLabel        *heading;
  GtkLabel        *hint;
  GtkWidget       *scale;
  GtkLabel        *lower;
  GtkLabel        *upper;
  LimberKioskKeys *keys;
  GtkBox          *options;
  GtkWidget       *back;
  GtkWidget       *skip;
  GtkLabel        *skip_label;
};

G_DEFINE_FINAL_TYPE (LimberKioskAsk, limber_kiosk_ask, LIMBER_TYPE_KIOSK_PAGE)

static gboolean
limber_kiosk_ask_typed (LimberKioskPage *page, gunichar letter)
{
  LimberKioskAsk *ask = LIMBER_KIOSK_ASK (page);

  return letter >= '0' && letter <= '9' && limber_kiosk_keys_type (ask->keys, &ask->number, (int) letter - '0');
}

static void
limber_kiosk_ask_finalize (GObject *object)
{
  LimberKioskAsk *ask = LIMBER_KIOSK_ASK (object);

  explicit_bzero (&ask->number, sizeof ask->number);
  G_OBJECT_CLASS (limber_kiosk_ask_parent_class)->finalize (object);
}

static void
limber_kiosk_ask_class_init (LimberKioskAskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = limber_kiosk_ask_finalize;
  LIMBER_KIOSK_PAGE_CLASS (klass)->typed = limber_kiosk_ask_typed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-ask.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, progress);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, hint);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, scale);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, lower);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, upper);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, keys);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, options);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, back);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, skip);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskAsk, skip_label);
}

static void
limber_kiosk_ask_init (LimberKioskAsk *ask)
{
  gtk_widget_init_template (GTK_WIDGET (ask));
}

static void
say (GtkLabel *label, const LimberFormText *text)
{
  limber_kiosk_page_show_words (label, limber_form_text_in (text, limber_kiosk_language_get ()->code));
}

static GtkWidget *
add_option (LimberKioskAsk *ask, const char *label, int answer, gboolean tall)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  if (tall)
    gtk_widget_add_css_class (button, "tall");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", answer);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "kiosk.answer");
  gtk_box_append (ask->options, button);
  return button;
}

/* The keys of what can be answered; returns the one of @chosen, else the first. */
static GtkWidget *
add_answers (LimberKioskAsk *ask, const LimberItem *item, gboolean answered, int chosen)
{
  GtkWidget *first = NULL, *found = NULL;
  int low = item->type == LIMBER_ITEM_INTEGER ? item->minimum : 0;
  int high = item->type == LIMBER_ITEM_INTEGER ? item->maximum : item->type == LIMBER_ITEM_CHOICE ? (int) item->options->len - 1 : 1;

  for (int i = 0; i <= high - low; i++) {
    int answer = item->type == LIMBER_ITEM_BOOLEAN ? 1 - i : low + i; /* Yes stands before No */
    g_autofree char *figure = g_strdup_printf ("%d", answer);
    GtkWidget *key;

    if (item->type == LIMBER_ITEM_INTEGER)
      key = limber_kiosk_keys_add (ask->keys, figure, "kiosk.answer", answer);
    else if (item->type == LIMBER_ITEM_BOOLEAN)
      key = add_option (ask, answer ? _("Yes") : _("No"), answer, TRUE);
    else
      key = add_option (ask, limber_form_text_in (&limber_item_option (item, answer)->text, limber_kiosk_language_get ()->code), answer, item->options->len <= TALL_OPTIONS);
    first = first != NULL ? first : key;
    if (answered && answer == chosen)
      found = key;
  }
  if (found != NULL)
    gtk_widget_add_css_class (found, "chosen");
  return found != NULL ? found : first;
}

static void
show_progress (LimberKioskAsk *ask, const LimberResponse *response, guint item)
{
  g_autofree char *words = NULL;
  guint at, total;

  limber_response_progress (response, item, &at, &total);
  /* Translators: which question of how many. */
  words = g_strdup_printf (_("Question %1$u of %2$u"), MAX (at, 1), total);
  gtk_label_set_label (ask->progress, words);
}

/**
 * limber_kiosk_ask_new:
 * @response: what she has answered so far
 * @item: which item of its form is asked, or only shown
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_ask_new (const LimberResponse *response, guint item)
{
  LimberKioskAsk *ask = g_object_new (LIMBER_TYPE_KIOSK_ASK, NULL);
  const LimberItem *asked = limber_questionnaire_item (limber_response_form (response), item);
  gboolean question = limber_item_is_question (asked), number = asked->type == LIMBER_ITEM_INTEGER;
  int chosen = 0;
  gboolean answered = question && limber_response_get (response, item, &chosen);
  GtkWidget *first = question ? add_answers (ask, asked, answered, chosen) : ask->skip;

  show_progress (ask, response, item);
  say (ask->heading, &asked->text);
  say (ask->hint, &asked->help);
  say (ask->lower, &asked->lower);
  say (ask->upper, &asked->upper);
  g_object_set (ask->keys, "columns", number ? (guint) MAX (1, asked->maximum - asked->minimum + 1) : 1, NULL);
  gtk_widget_set_visible (ask->scale, number);
  gtk_widget_set_visible (GTK_WIDGET (ask->options), question && !number);
  gtk_widget_set_visible (ask->back, limber_response_previous (response, (int) item) >= 0);
  gtk_widget_set_visible (ask->skip, !asked->required);
  if (!question) {
    gtk_label_set_label (ask->skip_label, _("Next"));
    gtk_widget_add_css_class (ask->skip, "primary");
  }
  g_object_set (ask, "first", first, NULL);
  return LIMBER_KIOSK_PAGE (ask);
}
