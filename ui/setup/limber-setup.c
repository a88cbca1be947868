#include "limber-setup.h"

#include "limber-setup-clinics.h"
#include "limber-setup-closed.h"
#include "limber-setup-computer.h"
#include "limber-setup-devices.h"
#include "limber-setup-lists.h"
#include "limber-setup-rooms.h"
#include "limber-setup-site.h"
#include "limber-setup-staff.h"

struct _LimberSetup {
  GtkWidget            parent_instance;
  gboolean             started;
  GtkStack            *stack;
  LimberSetupSite     *site;
  LimberSetupRooms    *rooms;
  LimberSetupClinics  *clinics;
  LimberSetupClosed   *closed;
  LimberSetupStaff    *staff;
  LimberSetupLists    *lists;
  LimberSetupDevices  *devices;
  LimberSetupComputer *computer;
};

enum {
  CHANGE,
  SAID,
  REFUSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetup, limber_setup, GTK_TYPE_WIDGET)

static void
change (LimberSetup *self, gpointer what)
{
  g_signal_emit (self, signals[CHANGE], 0, what);
}

static void
said (LimberSetup *self, const char *text)
{
  g_signal_emit (self, signals[SAID], 0, text);
}

static void
refused (LimberSetup *self, const char *text)
{
  g_signal_emit (self, signals[REFUSED], 0, text);
}

static void
limber_setup_dispose (GObject *object)
{
  LimberSetup *self = LIMBER_SETUP (object);

  limber_setup_stop (self);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_parent_class)->dispose (object);
}

static void
limber_setup_class_init (LimberSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", LIMBER_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_SETUP_SITE);
  g_type_ensure (LIMBER_TYPE_SETUP_ROOMS);
  g_type_ensure (LIMBER_TYPE_SETUP_CLINICS);
  g_type_ensure (LIMBER_TYPE_SETUP_CLOSED);
  g_type_ensure (LIMBER_TYPE_SETUP_STAFF);
  g_type_ensure (LIMBER_TYPE_SETUP_LISTS);
  g_type_ensure (LIMBER_TYPE_SETUP_DEVICES);
  g_type_ensure (LIMBER_TYPE_SETUP_COMPUTER);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, site);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, rooms);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, clinics);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, closed);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, staff);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, lists);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, devices);
  gtk_widget_class_bind_template_child (widget_class, LimberSetup, computer);
  gtk_widget_class_bind_template_callback (widget_class, change);
  gtk_widget_class_bind_template_callback (widget_class, said);
  gtk_widget_class_bind_template_callback (widget_class, refused);
}

static void
limber_setup_init (LimberSetup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_setup_start:
 * @work: whose work it is; stays where it is until limber_setup_stop()
 */
void
limber_setup_start (LimberSetup *self, const LimberSetupWork *work)
{
  limber_setup_stop (self);
  self->started = TRUE;
  limber_setup_site_start (self->site, work);
  limber_setup_rooms_start (self->rooms, work);
  limber_setup_clinics_start (self->clinics, work);
  limber_setup_closed_start (self->closed, work);
  limber_setup_staff_start (self->staff, work);
  limber_setup_lists_start (self->lists, work);
  limber_setup_devices_start (self->devices, work);
  limber_setup_computer_start (self->computer, work);
}

/**
 * limber_setup_show:
 * @part: (nullable): site, rooms, clinics, closed, staff, lists, devices or computer; the first where that is none of them
 *
 * Brings a part into sight.
 */
void
limber_setup_show (LimberSetup *self, const char *part)
{
  GtkWidget *child = part != NULL ? gtk_stack_get_child_by_name (self->stack, part) : NULL;

  gtk_stack_set_visible_child (self->stack, child != NULL ? child : GTK_WIDGET (self->site));
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD); /* the row of parts */
}

/**
 * limber_setup_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 *
 * What was saved leaves its form, what was refused stays there; and what stands in its place is shown again.
 */
void
limber_setup_settle (LimberSetup *self, const LimberId *about, const char *wrong)
{
  limber_setup_rooms_settle (self->rooms, about, wrong);
  limber_setup_clinics_settle (self->clinics, about, wrong);
  limber_setup_closed_settle (self->closed, about, wrong);
  limber_setup_staff_settle (self->staff, about, wrong);
  if (wrong != NULL)
    limber_setup_site_refresh (self->site);
}

/**
 * limber_setup_stop:
 *
 * Ends it: nothing of it stays.
 */
void
limber_setup_stop (LimberSetup *self)
{
  if (!self->started)
    return;
  limber_setup_site_stop (self->site);
  limber_setup_rooms_stop (self->rooms);
  limber_setup_clinics_stop (self->clinics);
  limber_setup_closed_stop (self->closed);
  limber_setup_staff_stop (self->staff);
  limber_setup_lists_stop (self->lists);
  limber_setup_devices_stop (self->devices);
  limber_setup_computer_stop (self->computer);
  self->started = FALSE;
}
