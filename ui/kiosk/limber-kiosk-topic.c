#include "limber-kiosk-topic.h"

#include "limber-kiosk-language.h"
#include "limber-kiosk-mark.h"

struct _LimberKioskTopic {
  LimberKioskPage parent_instance;

  LimberKioskMark *mark;
  GtkLabel        *heading;
  GtkBox          *sentences;
};

G_DEFINE_FINAL_TYPE (LimberKioskTopic, limber_kiosk_topic, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_topic_class_init (LimberKioskTopicClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-topic.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskTopic, mark);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskTopic, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskTopic, sentences);
}

static void
limber_kiosk_topic_init (LimberKioskTopic *topic)
{
  gtk_widget_init_template (GTK_WIDGET (topic));
}

static void
add_sentence (LimberKioskTopic *topic, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (topic->sentences, label);
}

/**
 * limber_kiosk_topic_new:
 * @form: advice
 * @topic: which of its items
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_topic_new (const LimberQuestionnaire *form, guint topic)
{
  LimberKioskTopic *page = g_object_new (LIMBER_TYPE_KIOSK_TOPIC, NULL);
  const LimberItem *group = limber_questionnaire_item (form, topic);
  const char *language = limber_kiosk_language_get ()->code;

  limber_kiosk_mark_set_drawing (page->mark, group->drawing);
  gtk_widget_set_visible (GTK_WIDGET (page->mark), group->drawing != NULL);
  gtk_label_set_label (page->heading, limber_form_text_in (&group->text, language));
  if (g_strcmp0 (group->drawing, "urgent") == 0)
    gtk_widget_add_css_class (GTK_WIDGET (page), "urgent");
  for (guint i = topic + 1; i < form->items->len && limber_questionnaire_item (form, i)->parent == (int) topic; i++)
    add_sentence (page, limber_form_text_in (&limber_questionnaire_item (form, i)->text, language));
  return LIMBER_KIOSK_PAGE (page);
}
