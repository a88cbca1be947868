#include "limber-kiosk-topics.h"

#include "limber-kiosk-keys.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-mark.h"

/* So wide a key is at least, that its words take two lines or so. */
#define KEY_LETTERS 15

struct _LimberKioskTopics {
  LimberKioskPage parent_instance;

  GtkLabel        *heading;
  LimberKioskKeys *keys;
};

G_DEFINE_FINAL_TYPE (LimberKioskTopics, limber_kiosk_topics, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_topics_class_init (LimberKioskTopicsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-topics.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskTopics, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskTopics, keys);
}

static void
limber_kiosk_topics_init (LimberKioskTopics *topics)
{
  gtk_widget_init_template (GTK_WIDGET (topics));
}

/* The drawing says what the words say. */
static void
fill_key (GtkWidget *key, const LimberItem *topic, const char *words)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *mark = g_object_new (LIMBER_TYPE_KIOSK_MARK, "drawing", topic->drawing, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), KEY_LETTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (pair, "pair");
  gtk_widget_set_visible (mark, topic->drawing != NULL);
  gtk_box_append (GTK_BOX (pair), mark);
  gtk_box_append (GTK_BOX (pair), label);
  gtk_button_set_child (GTK_BUTTON (key), pair);
  gtk_widget_add_css_class (key, "topic");
  if (g_strcmp0 (topic->drawing, "urgent") == 0)
    gtk_widget_add_css_class (key, "urgent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/**
 * limber_kiosk_topics_new:
 * @form: advice
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_topics_new (const LimberQuestionnaire *form)
{
  LimberKioskTopics *topics = g_object_new (LIMBER_TYPE_KIOSK_TOPICS, NULL);
  const char *language = limber_kiosk_language_get ()->code;

  gtk_label_set_label (topics->heading, limber_form_text_in (&form->title, language));
  for (guint i = 0; i < form->items->len; i++) {
    const LimberItem *item = limber_questionnaire_item (form, i);
    const char *words = limber_form_text_in (&item->text, language);

    if (item->type == LIMBER_ITEM_GROUP)
      fill_key (limber_kiosk_keys_add (topics->keys, words, "kiosk.topic", (int) i), item, words);
  }
  g_object_set (topics, "first", gtk_widget_get_first_child (GTK_WIDGET (topics->keys)), NULL);
  return LIMBER_KIOSK_PAGE (topics);
}
