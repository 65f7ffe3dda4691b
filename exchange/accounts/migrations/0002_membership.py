import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('municipalities', '0001_initial'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'deelnemer'), ('author', 'auteur'), ('editor', 'redacteur'), ('platform_editor', 'platformredacteur'), ('administrator', 'beheerder')], default='member', max_length=20, verbose_name='rol')),
                ('department', models.ForeignKey(blank=True, help_text='Leeg: de rol geldt voor de hele gemeente.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='afdeling of team')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='municipalities.municipality', verbose_name='gemeente')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
            ],
            options={
                'verbose_name': 'deelname',
                'verbose_name_plural': 'deelnames',
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality', None), ('role__in', ('platform_editor', 'administrator'))), models.Q(models.Q(('role__in', ('platform_editor', 'administrator')), _negated=True), ('municipality__isnull', False)), _connector='OR'), name='a_platform_role_has_no_municipality_and_every_other_has_one'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('department__isnull', False)), fields=('user', 'municipality', 'department', 'role'), name='one_row_per_role_in_a_department'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('department', None), ('municipality__isnull', False)), fields=('user', 'municipality', 'role'), name='one_row_per_role_in_a_municipality'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('municipality', None)), fields=('user', 'role'), name='one_row_per_platform_role'),
        ),
    ]
