#include "limber-sync-pill.h"

#include <glib/gi18n-lib.h>

struct _LimberSyncPill {
  GtkWidget  parent_instance;
  GtkWidget *button;
  GtkImage  *icon;
  GtkLabel  *words;
  GtkLabel  *waiting;
  GtkLabel  *reached;
  GtkLabel  *last;
  GtkWidget *error_title;
  GtkLabel  *error;
  GtkLabel  *cause;
  GtkLabel  *clock;
  GtkLabel  *conflicts;
  GtkLabel  *quarantined;
  GtkLabel  *marked;
  GtkWidget *see;
};

G_DEFINE_FINAL_TYPE (LimberSyncPill, limber_sync_pill, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_details (LimberSyncPill *self, const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *waiting = limber_sync_words_waiting (facts, now), *reached = limber_sync_words_reached (facts), *last = limber_sync_words_since (facts, now);
  g_autofree char *clock = limber_sync_words_clock (facts), *conflicts = NULL, *cause = NULL, *quarantined = NULL, *marked = NULL;

  if (facts->conflicts > 0)
    conflicts = g_strdup_printf (ngettext ("%u entry was changed in two places at once: a person must choose.",
                                           "%u entries were changed in two places at once: a person must choose.", facts->conflicts), facts->conflicts);
  if (facts->error != NULL && facts->cause != NULL)
    cause = g_strdup_printf (_("Details: %s"), facts->cause);
  if (facts->quarantined > 0)
    quarantined = g_strdup_printf (ngettext ("%u change is set aside and not shown: someone must look at it.",
                                             "%u changes are set aside and not shown: someone must look at them.", facts->quarantined), facts->quarantined);
  if (facts->marked > 0)
    marked = g_strdup_printf (ngettext ("%u change made here was not accepted; only this screen shows it until someone has looked at it.",
                                        "%u changes made here were not accepted; only this screen shows them until someone has looked at them.", facts->marked), facts->marked);
  set_text (self->waiting, waiting);
  set_text (self->reached, reached);
  set_text (self->last, last);
  set_text (self->error, facts->error != NULL && *facts->error != '\0' ? facts->error : NULL);
  set_text (self->cause, cause);
  gtk_widget_set_visible (self->error_title, gtk_widget_get_visible (GTK_WIDGET (self->error)));
  set_text (self->clock, clock);
  set_text (self->conflicts, conflicts);
  set_text (self->quarantined, quarantined);
  set_text (self->marked, marked);
  gtk_widget_set_visible (self->see, facts->conflicts + facts->quarantined + facts->marked > 0);
}

/**
 * limber_sync_pill_show_facts:
 * @facts: what is known
 * @now: milliseconds UTC
 */
void
limber_sync_pill_show_facts (LimberSyncPill *self, const LimberSyncFacts *facts, gint64 now)
{
  static const char *const classes[] = { "good", "waiting", "bad", "neutral" };
  g_autofree char *words = limber_sync_words_short (facts, now);

  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  if (words == NULL)
    return;
  gtk_label_set_text (self->words, words);
  gtk_widget_set_tooltip_text (self->button, words); /* in the largest text there is not room for all of it */
  gtk_image_set_from_icon_name (self->icon, limber_sync_words_icon (facts));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->button, classes[i]);
  gtk_widget_add_css_class (self->button, limber_sync_words_class (facts));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  show_details (self, facts, now);
}

static void
limber_sync_pill_dispose (GObject *object)
{
  LimberSyncPill *self = LIMBER_SYNC_PILL (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_sync_pill_parent_class)->dispose (object);
}

static void
limber_sync_pill_class_init (LimberSyncPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_sync_pill_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-sync-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, button);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, icon);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, words);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, waiting);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, reached);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, last);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, error_title);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, error);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, cause);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, clock);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, conflicts);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, quarantined);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, marked);
  gtk_widget_class_bind_template_child (widget_class, LimberSyncPill, see);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
limber_sync_pill_init (LimberSyncPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
