#include "limber-referral-row.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-person.h"
#include "limber-referring.h"
#include "limber-row.h"

struct _LimberReferralRow {
  GtkWidget  parent_instance;
  LimberRow *row; /* (owned) (nullable) */
  GtkLabel  *title;
  GtkLabel  *words;
  GtkLabel  *more;
  GtkLabel  *withdrawn;
};

enum {
  PROP_0,
  PROP_ROW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberReferralRow, limber_referral_row, GTK_TYPE_WIDGET)

static void
show (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
add (GString *line, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, text);
}

static char *
title_of (LimberRow *row)
{
  g_autofree char *date = limber_date_for_staff (limber_row_text (row, "received")), *where = limber_referring_where (limber_row_text (row, "parts"), limber_row_text (row, "side"));
  int days = (int) limber_row_integer (row, "days");
  g_autofree char *age = days > 0 ? g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days) : g_strdup (_("today"));
  g_autoptr (GString) line = g_string_new (date);

  g_string_append_printf (line, "  (%s)", age);
  add (line, limber_referring_source (limber_row_text (row, "source")));
  if (g_strcmp0 (limber_row_text (row, "priority"), "urgent") == 0)
    add (line, _("Urgent"));
  add (line, limber_row_text (row, "service"));
  add (line, where);
  return g_strdup (line->str);
}

static char *
words_of (LimberRow *row)
{
  const char *words = limber_row_text (row, "words"), *reason = limber_row_text (row, "reason");

  return words != NULL ? g_strdup_printf (_("“%s”"), words) : g_strdup (reason);
}

/* Who called, since when it has been so, and where and when to call back. */
static char *
more_of (LimberRow *row)
{
  const char *caller = limber_row_text (row, "caller"), *since = limber_row_text (row, "since"), *times = limber_row_text (row, "times"), *is = limber_row_text (row, "caller_is");
  g_autofree char *phone = limber_person_phone (limber_row_text (row, "callback")), *called = NULL, *lasting = NULL, *back = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (caller != NULL)
    called = g_strdup_printf (_("Caller: %s (%s)"), caller, limber_referring_caller (is) != NULL ? limber_referring_caller (is) : "");
  if (since != NULL)
    lasting = g_strdup_printf (_("Since when: %s"), since);
  if (*phone != '\0')
    back = g_strdup_printf (_("Call back: %s"), phone);
  add (line, called);
  add (line, lasting);
  add (line, back);
  add (line, times);
  return g_strdup (line->str);
}

static void
limber_referral_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberReferralRow *self = LIMBER_REFERRAL_ROW (object);
  g_autofree char *title = NULL, *words = NULL, *more = NULL, *withdrawn = NULL, *description = NULL;

  g_set_object (&self->row, g_value_get_object (value));
  if (self->row == NULL)
    return;
  title = title_of (self->row);
  words = words_of (self->row);
  more = more_of (self->row);
  if (limber_row_has (self->row, "withdrawn"))
    /* Translators: %s is why a referral does not stand. */
    withdrawn = g_strdup_printf (_("Does not stand: %s"), limber_row_text (self->row, "withdrawn"));
  show (self->title, title);
  show (self->words, words);
  show (self->more, more);
  show (self->withdrawn, withdrawn);
  description = g_strjoin (" · ", title, words != NULL ? words : "", more, withdrawn, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_referral_row_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&LIMBER_REFERRAL_ROW (object)->row);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_referral_row_parent_class)->dispose (object);
}

static void
limber_referral_row_class_init (LimberReferralRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = limber_referral_row_set_property;
  G_OBJECT_CLASS (klass)->dispose = limber_referral_row_dispose;
  props[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, LIMBER_TYPE_ROW, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-referral-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberReferralRow, title);
  gtk_widget_class_bind_template_child (widget_class, LimberReferralRow, words);
  gtk_widget_class_bind_template_child (widget_class, LimberReferralRow, more);
  gtk_widget_class_bind_template_child (widget_class, LimberReferralRow, withdrawn);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_referral_row_init (LimberReferralRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
